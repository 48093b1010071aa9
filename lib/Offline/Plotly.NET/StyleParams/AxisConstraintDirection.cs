namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>AxisConstraintDirection</c> in plotly.js' spelling.</summary>
    public sealed class AxisConstraintDirection : IStyleParam
    {
        private readonly string value;

        private AxisConstraintDirection(string value) => this.value = value;

        public static AxisConstraintDirection Left { get; } = new("left");

        public static AxisConstraintDirection Center { get; } = new("center");

        public static AxisConstraintDirection Right { get; } = new("right");

        public static AxisConstraintDirection Top { get; } = new("top");

        public static AxisConstraintDirection Middle { get; } = new("middle");

        public static AxisConstraintDirection Bottom { get; } = new("bottom");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
