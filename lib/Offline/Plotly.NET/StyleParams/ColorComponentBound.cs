namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>ColorComponentBound</c> in plotly.js' spelling.</summary>
    public sealed class ColorComponentBound : IStyleParam
    {
        private readonly object value;

        private ColorComponentBound(object value) => this.value = value;

        public static ColorComponentBound NewRGB(int r, int g, int b) => new(new[] { r, g, b });

        public static ColorComponentBound NewRGBA(int r, int g, int b, int a) => new(new[] { r, g, b, a });

        public object Convert() => value;

        public override string ToString() => value.ToString()!;
    }
}
