namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>FillRule</c> in plotly.js' spelling.</summary>
    public sealed class FillRule : IStyleParam
    {
        private readonly string value;

        private FillRule(string value) => this.value = value;

        public static FillRule EvenOdd { get; } = new("evenodd");

        public static FillRule NonZero { get; } = new("nonzero");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
