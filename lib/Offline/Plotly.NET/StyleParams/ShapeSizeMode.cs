namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>ShapeSizeMode</c> in plotly.js' spelling.</summary>
    public sealed class ShapeSizeMode : IStyleParam
    {
        private readonly string value;

        private ShapeSizeMode(string value) => this.value = value;

        public static ShapeSizeMode Scaled { get; } = new("scaled");

        public static ShapeSizeMode Pixel { get; } = new("pixel");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
