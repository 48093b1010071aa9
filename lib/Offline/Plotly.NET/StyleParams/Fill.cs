namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>Fill</c> in plotly.js' spelling.</summary>
    public sealed class Fill : IStyleParam
    {
        private readonly string value;

        private Fill(string value) => this.value = value;

        public static Fill None { get; } = new("none");

        public static Fill ToZero_y { get; } = new("tozeroy");

        public static Fill ToZero_x { get; } = new("tozerox");

        public static Fill ToNext_y { get; } = new("tonexty");

        public static Fill ToNext_x { get; } = new("tonextx");

        public static Fill ToSelf { get; } = new("toself");

        public static Fill ToNext { get; } = new("tonext");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
