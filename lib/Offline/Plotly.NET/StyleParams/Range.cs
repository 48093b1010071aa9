namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>Range</c> in plotly.js' spelling.</summary>
    public sealed class Range : IStyleParam
    {
        private readonly object value;

        private Range(object value) => this.value = value;

        public static Range NewMinMax(IConvertible item1, IConvertible item2) => new(new[] { item1, item2 });

        public static Range NewValues(IConvertible[] item) => new(item);

        public object Convert() => value;

        public override string ToString() => value.ToString()!;
    }
}
