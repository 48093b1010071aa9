namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>Layer</c> in plotly.js' spelling.</summary>
    public sealed class Layer : IStyleParam
    {
        private readonly string value;

        private Layer(string value) => this.value = value;

        public static Layer Below { get; } = new("below");

        public static Layer Above { get; } = new("above");

        public static Layer AboveTraces { get; } = new("above traces");

        public static Layer BelowTraces { get; } = new("below traces");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
