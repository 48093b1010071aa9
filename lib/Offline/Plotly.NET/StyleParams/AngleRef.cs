namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>AngleRef</c> in plotly.js' spelling.</summary>
    public sealed class AngleRef : IStyleParam
    {
        private readonly string value;

        private AngleRef(string value) => this.value = value;

        public static AngleRef Previous { get; } = new("previous");

        public static AngleRef Up { get; } = new("up");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
