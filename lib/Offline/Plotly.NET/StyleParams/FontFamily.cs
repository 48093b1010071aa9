namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>FontFamily</c> in plotly.js' spelling.</summary>
    public sealed class FontFamily : IStyleParam
    {
        private readonly string value;

        private FontFamily(string value) => this.value = value;

        public static FontFamily Arial { get; } = new("Arial");

        public static FontFamily Balto { get; } = new("Balto");

        public static FontFamily Courier_New { get; } = new("Courier New");

        public static FontFamily Consolas { get; } = new("Consolas");

        public static FontFamily Droid_Sans { get; } = new("Droid Sans");

        public static FontFamily Droid_Serif { get; } = new("Droid Serif");

        public static FontFamily Droid_Sans_Mono { get; } = new("Droid Sans Mono");

        public static FontFamily Gravitas_One { get; } = new("Gravitas One");

        public static FontFamily Old_Standard_TT { get; } = new("Old Standard TT");

        public static FontFamily Open_Sans { get; } = new("Open Sans");

        public static FontFamily Overpass { get; } = new("Overpass");

        public static FontFamily PT_Sans_Narrow { get; } = new("PT Sans Narrow");

        public static FontFamily Raleway { get; } = new("Raleway");

        public static FontFamily Times_New_Roman { get; } = new("Times New Roman");

        public static FontFamily NewCustom(string item) => new(item);

        public object Convert() => value;

        public override string ToString() => value;
    }
}
