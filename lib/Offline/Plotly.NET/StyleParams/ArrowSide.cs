namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>ArrowSide</c> in plotly.js' spelling.</summary>
    public sealed class ArrowSide : IStyleParam
    {
        private readonly string value;

        private ArrowSide(string value) => this.value = value;

        public static ArrowSide Start { get; } = new("start");

        public static ArrowSide End { get; } = new("end");

        public static ArrowSide StartEnd { get; } = new("startend");

        public static ArrowSide None { get; } = new("none");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
