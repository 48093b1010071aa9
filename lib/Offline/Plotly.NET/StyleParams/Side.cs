namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>Side</c> in plotly.js' spelling.</summary>
    public sealed class Side : IStyleParam
    {
        private readonly string value;

        private Side(string value) => this.value = value;

        public static Side Top { get; } = new("top");

        public static Side TopLeft { get; } = new("top left");

        public static Side TopCenter { get; } = new("top center");

        public static Side TopRight { get; } = new("top right");

        public static Side Bottom { get; } = new("bottom");

        public static Side Left { get; } = new("left");

        public static Side Right { get; } = new("right");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
