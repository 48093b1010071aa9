namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>ShowExponent</c> in plotly.js' spelling.</summary>
    public sealed class ShowExponent : IStyleParam
    {
        private readonly string value;

        private ShowExponent(string value) => this.value = value;

        public static ShowExponent All { get; } = new("all");

        public static ShowExponent First { get; } = new("first");

        public static ShowExponent Last { get; } = new("last");

        public static ShowExponent None { get; } = new("none");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
