namespace Plotly.NET;

public static partial class StyleParam
{
    /// <summary>The values of <c>ErrorType</c> in plotly.js' spelling.</summary>
    public sealed class ErrorType : IStyleParam
    {
        private readonly string value;

        private ErrorType(string value) => this.value = value;

        public static ErrorType Percent { get; } = new("percent");

        public static ErrorType Constant { get; } = new("constant");

        public static ErrorType Sqrt { get; } = new("sqrt");

        public static ErrorType Data { get; } = new("data");

        public object Convert() => value;

        public override string ToString() => value;
    }
}
