namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>TickAutoMargin</c> in plotly.js' spelling.</summary>
    public sealed class TickAutoMargin : IStyleParam
    {
        private readonly string value;

        private TickAutoMargin(string value) => this.value = value;

        public static TickAutoMargin Height { get; } = new("height");

        public static TickAutoMargin Width { get; } = new("width");

        public static TickAutoMargin Left { get; } = new("left");

        public static TickAutoMargin Right { get; } = new("right");

        public static TickAutoMargin Top { get; } = new("top");

        public static TickAutoMargin Bottom { get; } = new("bottom");

        public static TickAutoMargin All { get; } = new("height+width+left+right+top+bottom");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
