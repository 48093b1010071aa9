namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>CategoryOrder</c> in plotly.js' spelling.</summary>
    public sealed class CategoryOrder : IStyleParam
    {
        private readonly string value;

        private CategoryOrder(string value) => this.value = value;

        public static CategoryOrder Trace { get; } = new("trace");

        public static CategoryOrder CategoryAscending { get; } = new("category ascending");

        public static CategoryOrder CategoryDescending { get; } = new("category descending");

        public static CategoryOrder Array { get; } = new("array");

        public static CategoryOrder TotalAscending { get; } = new("total ascending");

        public static CategoryOrder TotalDescending { get; } = new("total descending");

        public static CategoryOrder MinAscending { get; } = new("min ascending");

        public static CategoryOrder MinDescending { get; } = new("min descending");

        public static CategoryOrder MaxAscending { get; } = new("max ascending");

        public static CategoryOrder MaxDescending { get; } = new("max descending");

        public static CategoryOrder SumAscending { get; } = new("sum ascending");

        public static CategoryOrder SumDescending { get; } = new("sum descending");

        public static CategoryOrder MeanAscending { get; } = new("mean ascending");

        public static CategoryOrder MeanDescending { get; } = new("mean descending");

        public static CategoryOrder MedianAscending { get; } = new("median ascending");

        public static CategoryOrder MedianDescending { get; } = new("median descending");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
