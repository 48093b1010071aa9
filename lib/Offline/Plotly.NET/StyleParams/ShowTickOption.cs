namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>ShowTickOption</c> in plotly.js' spelling.</summary>
    public sealed class ShowTickOption : IStyleParam
    {
        private readonly string value;

        private ShowTickOption(string value) => this.value = value;

        public static ShowTickOption All { get; } = new("all");

        public static ShowTickOption First { get; } = new("first");

        public static ShowTickOption Last { get; } = new("last");

        public static ShowTickOption None { get; } = new("none");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
