namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>LayoutGridXSide</c> in plotly.js' spelling.</summary>
    public sealed class LayoutGridXSide : IStyleParam
    {
        private readonly string value;

        private LayoutGridXSide(string value) => this.value = value;

        public static LayoutGridXSide Bottom { get; } = new("bottom");

        public static LayoutGridXSide BottomPlot { get; } = new("bottom plot");

        public static LayoutGridXSide Top { get; } = new("top");

        public static LayoutGridXSide TopPlot { get; } = new("top plot");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
