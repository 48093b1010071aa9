namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>GroupNorm</c> in plotly.js' spelling.</summary>
    public sealed class GroupNorm : IStyleParam
    {
        private readonly string value;

        private GroupNorm(string value) => this.value = value;

        public static GroupNorm None { get; } = new("");

        public static GroupNorm Fraction { get; } = new("fraction");

        public static GroupNorm Percent { get; } = new("percent");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
