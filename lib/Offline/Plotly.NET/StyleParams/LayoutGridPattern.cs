namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>LayoutGridPattern</c> in plotly.js' spelling.</summary>
    public sealed class LayoutGridPattern : IStyleParam
    {
        private readonly string value;

        private LayoutGridPattern(string value) => this.value = value;

        public static LayoutGridPattern Independent { get; } = new("independent");

        public static LayoutGridPattern Coupled { get; } = new("coupled");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
