namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>SubPlotId</c> in plotly.js' spelling.</summary>
    public sealed class SubPlotId : IStyleParam
    {
        private readonly string value;

        private SubPlotId(string value) => this.value = value;

        public static SubPlotId ZAxis { get; } = new("zaxis");

        public static SubPlotId NewXAxis(int item) => new(item < 2 ? "xaxis" : $"xaxis{item}");

        public static SubPlotId NewYAxis(int item) => new(item < 2 ? "yaxis" : $"yaxis{item}");

        public static SubPlotId NewColorAxis(int item) => new(item < 2 ? "coloraxis" : $"coloraxis{item}");

        public static SubPlotId NewLegend(int item) => new(item < 2 ? "legend" : $"legend{item}");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
