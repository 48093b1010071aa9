namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>HistNorm</c> in plotly.js' spelling.</summary>
    public sealed class HistNorm : IStyleParam
    {
        private readonly string value;

        private HistNorm(string value) => this.value = value;

        public static HistNorm None { get; } = new("");

        public static HistNorm Percent { get; } = new("percent");

        public static HistNorm Probability { get; } = new("probability");

        public static HistNorm Density { get; } = new("density");

        public static HistNorm ProbabilityDensity { get; } = new("probability density");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
