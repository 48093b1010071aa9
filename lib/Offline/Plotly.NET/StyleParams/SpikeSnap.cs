namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>SpikeSnap</c> in plotly.js' spelling.</summary>
    public sealed class SpikeSnap : IStyleParam
    {
        private readonly string value;

        private SpikeSnap(string value) => this.value = value;

        public static SpikeSnap Data { get; } = new("data");

        public static SpikeSnap Cursor { get; } = new("cursor");

        public static SpikeSnap HoveredData { get; } = new("hovered data");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
