namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>TraceItemSizing</c> in plotly.js' spelling.</summary>
    public sealed class TraceItemSizing : IStyleParam
    {
        private readonly string value;

        private TraceItemSizing(string value) => this.value = value;

        public static TraceItemSizing Trace { get; } = new("trace");

        public static TraceItemSizing Constant { get; } = new("constant");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
