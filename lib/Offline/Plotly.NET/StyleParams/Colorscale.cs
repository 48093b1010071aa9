namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>Colorscale</c> in plotly.js' spelling.</summary>
    public sealed class Colorscale : IStyleParam
    {
        private readonly object value;

        private Colorscale(object value) => this.value = value;

        public static Colorscale RdBu { get; } = new("RdBu");

        public static Colorscale Earth { get; } = new("Earth");

        public static Colorscale Blackbody { get; } = new("Blackbody");

        public static Colorscale YIOrRd { get; } = new("YIOrRd");

        public static Colorscale YIGnBu { get; } = new("YIGnBu");

        public static Colorscale Bluered { get; } = new("Bluered");

        public static Colorscale Portland { get; } = new("Portland");

        public static Colorscale Electric { get; } = new("Electric");

        public static Colorscale Jet { get; } = new("Jet");

        public static Colorscale Hot { get; } = new("Hot");

        public static Colorscale Greys { get; } = new("Greys");

        public static Colorscale Greens { get; } = new("Greens");

        public static Colorscale Picnic { get; } = new("Picnic");

        public static Colorscale Rainbow { get; } = new("Rainbow");

        public static Colorscale Viridis { get; } = new("Viridis");

        public static Colorscale Cividis { get; } = new("Cividis");

        public static Colorscale NewCustom(IEnumerable<Tuple<double, Color>> item) =>
            new(item.Select(stop => new object[] { stop.Item1, stop.Item2 }).ToArray());

        public object Convert() => value;

        public override string ToString() => value.ToString()!;
    }
}
