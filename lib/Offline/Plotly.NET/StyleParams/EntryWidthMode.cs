namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>EntryWidthMode</c> in plotly.js' spelling.</summary>
    public sealed class EntryWidthMode : IStyleParam
    {
        private readonly string value;

        private EntryWidthMode(string value) => this.value = value;

        public static EntryWidthMode Fraction { get; } = new("fraction");

        public static EntryWidthMode Pixels { get; } = new("pixels");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
