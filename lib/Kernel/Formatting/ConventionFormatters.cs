using System.Collections.Concurrent;
using System.Reflection;

namespace CovidNotebooks.Kernel.Formatting;

/// <summary>
/// The formatters that a type brings with it: an attribute class <em>named</em> TypeFormatterSourceAttribute, whatever its
/// namespace, names a source whose <c>CreateTypeFormatters()</c> gives objects with <c>MimeType</c> and <c>Format(object, TextWriter)</c>.
/// </summary>
/// <remarks>A type whose attribute or source cannot be read is shown as any other: how a library shows itself never ends a cell.</remarks>
internal sealed class ConventionFormatters
{
    private const string AttributeName = "TypeFormatterSourceAttribute";
    private static readonly ConcurrentDictionary<Type, ConventionFormatters?> ByType = new();
    private readonly Dictionary<string, Func<object, TextWriter, bool>> formatters;

    private ConventionFormatters(Dictionary<string, Func<object, TextWriter, bool>> formatters, string[]? preferred)
    {
        this.formatters = formatters;
        PreferredMimeTypes = preferred is { Length: > 0 } ? preferred : null;
    }

    /// <summary>What the attribute prefers; null when it says nothing.</summary>
    public IReadOnlyCollection<string>? PreferredMimeTypes { get; }

    public IReadOnlyCollection<string> MimeTypes => formatters.Keys;

    /// <summary>The formatters that a type or a base class of it brings; null when none does.</summary>
    public static ConventionFormatters? Of(Type type) => ByType.GetOrAdd(type, Find);

    public bool TryFormat(object value, string mimeType, TextWriter writer) =>
        formatters.TryGetValue(mimeType, out var format) && format(value, writer);

    private static ConventionFormatters? Find(Type type)
    {
        for (var declaring = type; declaring is not null && declaring != typeof(object); declaring = declaring.BaseType)
        {
            if (declaring.GetCustomAttributesData().FirstOrDefault(data => data.AttributeType.Name == AttributeName) is { } data)
            {
                try
                {
                    return Read(data, declaring.GetCustomAttributes(data.AttributeType, inherit: false)[0]);
                }
                catch (Exception exception) when (exception is not OutOfMemoryException)
                {
                    return null;
                }
            }
        }

        return null;
    }

    /// <summary>
    /// The source is the property FormatterSourceType, or where the attribute calls it otherwise (as Plotly.NET's) what its constructor was
    /// given.
    /// </summary>
    private static ConventionFormatters? Read(CustomAttributeData data, object attribute)
    {
        var sourceType = Property(attribute, "FormatterSourceType") as Type ?? data.ConstructorArguments.Select(argument => argument.Value)
            .OfType<Type>().FirstOrDefault();
        if (sourceType?.GetMethod("CreateTypeFormatters", BindingFlags.Instance | BindingFlags.Public, []) is not { } create
            || create.Invoke(Activator.CreateInstance(sourceType, nonPublic: true), null) is not System.Collections.IEnumerable items)
        {
            return null;
        }

        var found = new Dictionary<string, Func<object, TextWriter, bool>>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (Property(item, "MimeType") is string mimeType && Format(item) is { } format)
            {
                found[mimeType] = format;
            }
        }

        return new ConventionFormatters(found, Property(attribute, "PreferredMimeTypes") as string[]);
    }

    private static Func<object, TextWriter, bool>? Format(object formatter)
    {
        var method = formatter.GetType().GetMethod("Format", [typeof(object), typeof(TextWriter)]);
        return method is null ? null : method.CreateDelegate<Func<object, TextWriter, bool>>(formatter);
    }

    private static object? Property(object target, string name) =>
        target.GetType().GetProperty(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)?.GetValue(target);
}
