namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>HorizontalAlign</c> in plotly.js' spelling.</summary>
    public sealed class HorizontalAlign : IStyleParam
    {
        private readonly string value;

        private HorizontalAlign(string value) => this.value = value;

        public static HorizontalAlign Left { get; } = new("left");

        public static HorizontalAlign Center { get; } = new("center");

        public static HorizontalAlign Right { get; } = new("right");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
