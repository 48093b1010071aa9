using CovidNotebooks.Kernel.Formatting;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Writes a value; false passes on to the next formatter that fits.</summary>
/// <typeparam name="T">The type that is formatted.</typeparam>
/// <param name="value">The value.</param>
/// <param name="context">Where it is written.</param>
public delegate bool FormatDelegate<in T>(T value, FormatContext context);

/// <summary>Formats values of one type in one MIME type.</summary>
public interface ITypeFormatter
{
    /// <summary>The MIME type of what is written.</summary>
    string MimeType { get; }

    /// <summary>The type that is formatted, with everything derived from it.</summary>
    Type Type { get; }

    /// <summary>Writes the value; false passes on to the next formatter that fits.</summary>
    /// <param name="instance">The value.</param>
    /// <param name="context">Where it is written.</param>
    bool Format(object instance, FormatContext context);
}

/// <summary>Where a formatter writes, and how deep it is in a nested value.</summary>
/// <param name="writer">The text being made.</param>
public sealed class FormatContext(TextWriter writer) : IDisposable
{
    /// <summary>The text being made.</summary>
    public TextWriter Writer { get; } = writer;

    /// <summary>0 for the value itself, 1 for its members, and so on.</summary>
    public int Depth { get; internal set; }

    internal Expansion Expansion { get; } = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held: the method is part of the interface that notebooks know.
    }
}

/// <summary>How values are shown: the part of .NET Interactive's class that notebooks call.</summary>
/// <remarks>Process-wide, as there. The most specific type wins, then the formatter registered last.</remarks>
public static class Formatter
{
    /// <summary>The MIME type of a value whose type says nothing else; <c>text/html</c>.</summary>
    public static string DefaultMimeType { get; set; } = "text/html";

    /// <summary>How many items of a sequence are shown; 20.</summary>
    public static int ListExpansionLimit { get; set => field = NotNegative(value); } = 20;

    /// <summary>How deep the members of a value are followed; 6.</summary>
    public static int RecursionLimit { get; set => field = NotNegative(value); } = 6;

    /// <summary>What a null is shown as.</summary>
    public static string NullString { get; set; } = "<null>";

    /// <summary>Registers a function that gives the text of a value.</summary>
    public static void Register<T>(Func<T, string> formatter, string mimeType = "text/plain")
    {
        ArgumentNullException.ThrowIfNull(formatter);
        FormatterRegistry.Register(typeof(T), mimeType, (value, context) => Written(context, formatter((T)value)));
    }

    /// <summary>Registers a function that writes the text of a value.</summary>
    public static void Register<T>(Action<T, TextWriter> formatter, string mimeType = "text/plain")
    {
        ArgumentNullException.ThrowIfNull(formatter);
        FormatterRegistry.Register(typeof(T), mimeType, (value, context) => Done(() => formatter((T)value, context.Writer)));
    }

    /// <summary>Registers a function that writes the text of a value, or declines.</summary>
    public static void Register<T>(FormatDelegate<T> formatter, string mimeType = "text/plain")
    {
        ArgumentNullException.ThrowIfNull(formatter);
        FormatterRegistry.Register(typeof(T), mimeType, (value, context) => formatter((T)value, context));
    }

    /// <summary>Registers a function for a type, which may be an open generic or an interface.</summary>
    public static void Register(Type type, Action<object, TextWriter> formatter, string mimeType = "text/plain")
    {
        ArgumentNullException.ThrowIfNull(formatter);
        FormatterRegistry.Register(type, mimeType, (value, context) => Done(() => formatter(value, context.Writer)));
    }

    /// <summary>Registers a function for a type, which may be an open generic or an interface.</summary>
    public static void Register(Type type, FormatDelegate<object> formatter, string mimeType = "text/plain")
    {
        ArgumentNullException.ThrowIfNull(formatter);
        FormatterRegistry.Register(type, mimeType, formatter);
    }

    /// <summary>Registers a formatter object.</summary>
    public static void Register(ITypeFormatter formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        FormatterRegistry.Register(formatter.Type, formatter.MimeType, formatter.Format);
    }

    /// <summary>Sets the MIME types that values of a type are shown in, side by side.</summary>
    public static void SetPreferredMimeTypesFor(Type type, params string[] preferredMimeTypes)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (preferredMimeTypes is not { Length: > 0 } || preferredMimeTypes.Any(string.IsNullOrWhiteSpace))
        {
            throw new ArgumentException(
                "At least one MIME type is needed, and none may be blank; for example \"text/html\".", nameof(preferredMimeTypes));
        }

        FormatterRegistry.Prefer(type, preferredMimeTypes);
    }

    /// <summary>The MIME types that values of a type are shown in.</summary>
    public static IReadOnlyCollection<string> GetPreferredMimeTypesFor(Type? type) => FormatterRegistry.PreferredMimeTypes(type);

    /// <summary>The text of a value in a MIME type.</summary>
    /// <exception cref="ArgumentException">No formatter is registered for the MIME type.</exception>
    public static string ToDisplayString(this object? obj, string mimeType = "text/plain")
    {
        ArgumentNullException.ThrowIfNull(mimeType);
        return FormatterRegistry.Format(obj, mimeType);
    }

    /// <summary>Writes a value in a MIME type.</summary>
    public static void FormatTo<T>(this T obj, FormatContext context, string mimeType = "text/plain")
    {
        ArgumentNullException.ThrowIfNull(context);
        FormatterRegistry.Write(obj, mimeType, context);
    }

    /// <summary>Drops every registration.</summary>
    public static void ResetToDefault()
    {
        FormatterRegistry.Reset();
        DefaultMimeType = "text/html";
        ListExpansionLimit = 20;
        RecursionLimit = 6;
        NullString = "<null>";
    }

    private static bool Written(FormatContext context, string text)
    {
        context.Writer.Write(text);
        return true;
    }

    private static bool Done(Action write)
    {
        write();
        return true;
    }

    private static int NotNegative(int value) =>
        value >= 0 ? value : throw new ArgumentException($"The limit must not be negative, and it is {value}.", nameof(value));
}

/// <summary>The name of the HTML MIME type.</summary>
public static class HtmlFormatter
{
    /// <summary><c>text/html</c>.</summary>
    public const string MimeType = "text/html";
}

/// <summary>The name of the plain text MIME type.</summary>
public static class PlainTextFormatter
{
    /// <summary><c>text/plain</c>.</summary>
    public const string MimeType = "text/plain";
}
