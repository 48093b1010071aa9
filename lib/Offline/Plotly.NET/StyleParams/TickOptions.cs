namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>TickOptions</c> in plotly.js' spelling.</summary>
    public sealed class TickOptions : IStyleParam
    {
        private readonly string value;

        private TickOptions(string value) => this.value = value;

        public static TickOptions Outside { get; } = new("outside");

        public static TickOptions Inside { get; } = new("inside");

        public static TickOptions Empty { get; } = new("");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
