namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>AxisConstraint</c> in plotly.js' spelling.</summary>
    public sealed class AxisConstraint : IStyleParam
    {
        private readonly string value;

        private AxisConstraint(string value) => this.value = value;

        public static AxisConstraint Range { get; } = new("range");

        public static AxisConstraint Domain { get; } = new("domain");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
