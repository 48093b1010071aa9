namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>AutoRange</c> in plotly.js' spelling.</summary>
    public sealed class AutoRange : IStyleParam
    {
        private readonly object value;

        private AutoRange(object value) => this.value = value;

        public static AutoRange True { get; } = new(true);

        public static AutoRange False { get; } = new(false);

        public static AutoRange Reversed { get; } = new("reversed");

        public static AutoRange MinReversed { get; } = new("min reversed");

        public static AutoRange MaxReversed { get; } = new("max reversed");

        public static AutoRange Min { get; } = new("min");

        public static AutoRange Max { get; } = new("max");

        public object Convert() => value;

        public override string ToString() => value.ToString()!;
    }
}
