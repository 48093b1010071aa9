namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>AnnotationAlignment</c> in plotly.js' spelling.</summary>
    public sealed class AnnotationAlignment : IStyleParam
    {
        private readonly string value;

        private AnnotationAlignment(string value) => this.value = value;

        public static AnnotationAlignment Left { get; } = new("left");

        public static AnnotationAlignment Center { get; } = new("center");

        public static AnnotationAlignment Right { get; } = new("right");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
