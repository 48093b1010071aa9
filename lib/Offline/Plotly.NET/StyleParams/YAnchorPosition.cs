namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>YAnchorPosition</c> in plotly.js' spelling.</summary>
    public sealed class YAnchorPosition : IStyleParam
    {
        private readonly string value;

        private YAnchorPosition(string value) => this.value = value;

        public static YAnchorPosition Auto { get; } = new("auto");

        public static YAnchorPosition Top { get; } = new("top");

        public static YAnchorPosition Middle { get; } = new("middle");

        public static YAnchorPosition Bottom { get; } = new("bottom");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
