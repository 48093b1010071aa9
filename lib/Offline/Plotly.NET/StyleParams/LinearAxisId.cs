namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>LinearAxisId</c> in plotly.js' spelling.</summary>
    public sealed class LinearAxisId : IStyleParam
    {
        private readonly string value;

        private LinearAxisId(string value) => this.value = value;

        public static LinearAxisId Free { get; } = new("free");

        public static LinearAxisId NewX(int item) => new(item < 2 ? "x" : $"x{item}");

        public static LinearAxisId NewY(int item) => new(item < 2 ? "y" : $"y{item}");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
