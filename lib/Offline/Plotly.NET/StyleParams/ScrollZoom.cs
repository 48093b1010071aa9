namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>ScrollZoom</c> in plotly.js' spelling.</summary>
    public sealed class ScrollZoom : IStyleParam
    {
        private readonly object value;

        private ScrollZoom(object value) => this.value = value;

        public static ScrollZoom Cartesian { get; } = new("cartesian");

        public static ScrollZoom GL3D { get; } = new("gl3d");

        public static ScrollZoom Geo { get; } = new("geo");

        public static ScrollZoom Mapbox { get; } = new("mapbox");

        public static ScrollZoom All { get; } = new(true);

        public static ScrollZoom NoZoom { get; } = new(false);

        public object Convert() => value;

        public override string ToString() => value.ToString()!;
    }
}
