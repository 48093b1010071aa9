namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>LayoutGridYSide</c> in plotly.js' spelling.</summary>
    public sealed class LayoutGridYSide : IStyleParam
    {
        private readonly string value;

        private LayoutGridYSide(string value) => this.value = value;

        public static LayoutGridYSide Left { get; } = new("left");

        public static LayoutGridYSide LeftPlot { get; } = new("left plot");

        public static LayoutGridYSide Right { get; } = new("right");

        public static LayoutGridYSide RightPlot { get; } = new("right plot");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
