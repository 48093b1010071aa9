namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>TickLabelMode</c> in plotly.js' spelling.</summary>
    public sealed class TickLabelMode : IStyleParam
    {
        private readonly string value;

        private TickLabelMode(string value) => this.value = value;

        public static TickLabelMode Instant { get; } = new("instant");

        public static TickLabelMode Period { get; } = new("period");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
