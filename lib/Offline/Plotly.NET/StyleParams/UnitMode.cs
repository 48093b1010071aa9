namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>UnitMode</c> in plotly.js' spelling.</summary>
    public sealed class UnitMode : IStyleParam
    {
        private readonly string value;

        private UnitMode(string value) => this.value = value;

        public static UnitMode Fraction { get; } = new("fraction");

        public static UnitMode Pixels { get; } = new("pixels");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
