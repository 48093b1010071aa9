namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>TickLabelOverflow</c> in plotly.js' spelling.</summary>
    public sealed class TickLabelOverflow : IStyleParam
    {
        private readonly string value;

        private TickLabelOverflow(string value) => this.value = value;

        public static TickLabelOverflow Allow { get; } = new("allow");

        public static TickLabelOverflow HidePastDiv { get; } = new("hide past div");

        public static TickLabelOverflow HidePastDomain { get; } = new("hide past domain");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
