namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>MarkerSizeMode</c> in plotly.js' spelling.</summary>
    public sealed class MarkerSizeMode : IStyleParam
    {
        private readonly string value;

        private MarkerSizeMode(string value) => this.value = value;

        public static MarkerSizeMode Diameter { get; } = new("diameter");

        public static MarkerSizeMode Area { get; } = new("area");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
