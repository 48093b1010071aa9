namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>AutoTypeNumbers</c> in plotly.js' spelling.</summary>
    public sealed class AutoTypeNumbers : IStyleParam
    {
        private readonly string value;

        private AutoTypeNumbers(string value) => this.value = value;

        public static AutoTypeNumbers ConvertTypes { get; } = new("convert types");

        public static AutoTypeNumbers Strict { get; } = new("strict");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
