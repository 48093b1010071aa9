namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>Shape</c> in plotly.js' spelling.</summary>
    public sealed class Shape : IStyleParam
    {
        private readonly string value;

        private Shape(string value) => this.value = value;

        public static Shape Linear { get; } = new("linear");

        public static Shape Spline { get; } = new("spline");

        public static Shape Hv { get; } = new("hv");

        public static Shape Vh { get; } = new("vh");

        public static Shape Hvh { get; } = new("hvh");

        public static Shape Vhv { get; } = new("vhv");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
