namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>ScaleAnchor</c> in plotly.js' spelling.</summary>
    public sealed class ScaleAnchor : IStyleParam
    {
        private readonly object value;

        private ScaleAnchor(object value) => this.value = value;

        public static ScaleAnchor False { get; } = new(false);

        public static ScaleAnchor NewX(int item) => new(item < 2 ? "x" : $"x{item}");

        public static ScaleAnchor NewY(int item) => new(item < 2 ? "y" : $"y{item}");

        public object Convert() => value;

        public override string ToString() => value.ToString()!;
    }
}
