namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>TraceOrder</c> in plotly.js' spelling.</summary>
    public sealed class TraceOrder : IStyleParam
    {
        private readonly string value;

        private TraceOrder(string value) => this.value = value;

        public static TraceOrder Normal { get; } = new("normal");

        public static TraceOrder Reversed { get; } = new("reversed");

        public static TraceOrder Grouped { get; } = new("grouped");

        public static TraceOrder ReversedGrouped { get; } = new("grouped+reversed");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
