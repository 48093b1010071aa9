namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>BackOff</c> in plotly.js' spelling.</summary>
    public sealed class BackOff : IStyleParam
    {
        private readonly object value;

        private BackOff(object value) => this.value = value;

        public static BackOff Auto { get; } = new("auto");

        public static BackOff NewValue(int item) => new(item);

        public object Convert() => value;

        public override string ToString() => value.ToString()!;
    }
}
