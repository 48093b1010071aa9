namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>DrawingStyle</c> in plotly.js' spelling.</summary>
    public sealed class DrawingStyle : IStyleParam
    {
        private readonly string value;

        private DrawingStyle(string value) => this.value = value;

        public static DrawingStyle Solid { get; } = new("solid");

        public static DrawingStyle Dash { get; } = new("dash");

        public static DrawingStyle Dot { get; } = new("dot");

        public static DrawingStyle DashDot { get; } = new("dashdot");

        public static DrawingStyle LongDash { get; } = new("longdash");

        public static DrawingStyle LongDashDot { get; } = new("longdashdot");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
