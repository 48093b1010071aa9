namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>CategoryTickAnchor</c> in plotly.js' spelling.</summary>
    public sealed class CategoryTickAnchor : IStyleParam
    {
        private readonly string value;

        private CategoryTickAnchor(string value) => this.value = value;

        public static CategoryTickAnchor Labels { get; } = new("labels");

        public static CategoryTickAnchor Boundaries { get; } = new("boundaries");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
