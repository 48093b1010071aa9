namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>PatternShape</c> in plotly.js' spelling.</summary>
    public sealed class PatternShape : IStyleParam
    {
        private readonly string value;

        private PatternShape(string value) => this.value = value;

        public static PatternShape None { get; } = new("");

        public static PatternShape DiagonalDescending { get; } = new("/");

        public static PatternShape DiagonalAscending { get; } = new("");

        public static PatternShape DiagonalChecked { get; } = new("x");

        public static PatternShape HorizontalLines { get; } = new("-");

        public static PatternShape VerticalLines { get; } = new("|");

        public static PatternShape Checked { get; } = new("+");

        public static PatternShape Dots { get; } = new(".");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
