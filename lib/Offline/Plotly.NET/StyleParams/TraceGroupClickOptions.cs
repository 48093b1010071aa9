namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>TraceGroupClickOptions</c> in plotly.js' spelling.</summary>
    public sealed class TraceGroupClickOptions : IStyleParam
    {
        private readonly string value;

        private TraceGroupClickOptions(string value) => this.value = value;

        public static TraceGroupClickOptions ToggleItem { get; } = new("toggleitem");

        public static TraceGroupClickOptions ToggleGroup { get; } = new("togglegroup");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
