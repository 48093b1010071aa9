namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>RangeMode</c> in plotly.js' spelling.</summary>
    public sealed class RangeMode : IStyleParam
    {
        private readonly string value;

        private RangeMode(string value) => this.value = value;

        public static RangeMode Normal { get; } = new("normal");

        public static RangeMode ToZero { get; } = new("tozero");

        public static RangeMode NonNegative { get; } = new("nonnegative");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
