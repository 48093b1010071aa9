namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>AxisType</c> in plotly.js' spelling.</summary>
    public sealed class AxisType : IStyleParam
    {
        private readonly string value;

        private AxisType(string value) => this.value = value;

        public static AxisType Auto { get; } = new("-");

        public static AxisType Linear { get; } = new("linear");

        public static AxisType Log { get; } = new("log");

        public static AxisType Date { get; } = new("date");

        public static AxisType Category { get; } = new("category");

        public static AxisType MultiCategory { get; } = new("multicategory");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
