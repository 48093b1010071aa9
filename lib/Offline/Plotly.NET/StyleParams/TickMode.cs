namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>TickMode</c> in plotly.js' spelling.</summary>
    public sealed class TickMode : IStyleParam
    {
        private readonly string value;

        private TickMode(string value) => this.value = value;

        public static TickMode Auto { get; } = new("auto");

        public static TickMode Linear { get; } = new("linear");

        public static TickMode Array { get; } = new("array");

        public static TickMode Sync { get; } = new("sync");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
