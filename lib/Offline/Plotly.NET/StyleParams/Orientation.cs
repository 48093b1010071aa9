namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>Orientation</c> in plotly.js' spelling.</summary>
    public sealed class Orientation : IStyleParam
    {
        private readonly string value;

        private Orientation(string value) => this.value = value;

        public static Orientation Horizontal { get; } = new("h");

        public static Orientation Vertical { get; } = new("v");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
