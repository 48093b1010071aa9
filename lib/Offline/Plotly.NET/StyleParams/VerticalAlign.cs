namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>VerticalAlign</c> in plotly.js' spelling.</summary>
    public sealed class VerticalAlign : IStyleParam
    {
        private readonly string value;

        private VerticalAlign(string value) => this.value = value;

        public static VerticalAlign Top { get; } = new("top");

        public static VerticalAlign Middle { get; } = new("middle");

        public static VerticalAlign Bottom { get; } = new("bottom");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
