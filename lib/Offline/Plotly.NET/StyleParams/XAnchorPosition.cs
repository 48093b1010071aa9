namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>XAnchorPosition</c> in plotly.js' spelling.</summary>
    public sealed class XAnchorPosition : IStyleParam
    {
        private readonly string value;

        private XAnchorPosition(string value) => this.value = value;

        public static XAnchorPosition Auto { get; } = new("auto");

        public static XAnchorPosition Left { get; } = new("left");

        public static XAnchorPosition Center { get; } = new("center");

        public static XAnchorPosition Right { get; } = new("right");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
