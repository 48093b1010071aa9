namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>LayoutGridRowOrder</c> in plotly.js' spelling.</summary>
    public sealed class LayoutGridRowOrder : IStyleParam
    {
        private readonly string value;

        private LayoutGridRowOrder(string value) => this.value = value;

        public static LayoutGridRowOrder TopToBottom { get; } = new("top to bottom");

        public static LayoutGridRowOrder BottomToTop { get; } = new("bottom to top");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
