namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>SpikeMode</c> in plotly.js' spelling.</summary>
    public sealed class SpikeMode : IStyleParam
    {
        private readonly string value;

        private SpikeMode(string value) => this.value = value;

        public static SpikeMode Axis { get; } = new("toaxis");

        public static SpikeMode Across { get; } = new("across");

        public static SpikeMode AxisAcross { get; } = new("toaxis+across");

        public static SpikeMode Marker { get; } = new("marker");

        public static SpikeMode AxisMarker { get; } = new("toaxis+marker");

        public static SpikeMode AxisAcrossMarker { get; } = new("toaxis+across+marker");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
