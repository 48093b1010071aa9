namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>HistFunc</c> in plotly.js' spelling.</summary>
    public sealed class HistFunc : IStyleParam
    {
        private readonly string value;

        private HistFunc(string value) => this.value = value;

        public static HistFunc Count { get; } = new("count");

        public static HistFunc Sum { get; } = new("sum");

        public static HistFunc Avg { get; } = new("avg");

        public static HistFunc Min { get; } = new("min");

        public static HistFunc Max { get; } = new("max");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
