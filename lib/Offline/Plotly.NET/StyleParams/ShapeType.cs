namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>ShapeType</c> in plotly.js' spelling.</summary>
    public sealed class ShapeType : IStyleParam
    {
        private readonly string value;

        private ShapeType(string value) => this.value = value;

        public static ShapeType Circle { get; } = new("circle");

        public static ShapeType Rectangle { get; } = new("rect");

        public static ShapeType SvgPath { get; } = new("path");

        public static ShapeType Line { get; } = new("line");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
