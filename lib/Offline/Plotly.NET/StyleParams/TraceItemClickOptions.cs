namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>TraceItemClickOptions</c> in plotly.js' spelling.</summary>
    public sealed class TraceItemClickOptions : IStyleParam
    {
        private readonly object value;

        private TraceItemClickOptions(object value) => this.value = value;

        public static TraceItemClickOptions Toggle { get; } = new("toggle");

        public static TraceItemClickOptions ToggleOthers { get; } = new("toggleothers");

        public static TraceItemClickOptions False { get; } = new(false);

        public object Convert() => value;

        public override string ToString() => value.ToString()!;
    }
}
