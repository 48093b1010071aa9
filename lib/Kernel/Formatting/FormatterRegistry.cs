using System.Collections.Concurrent;
using Microsoft.DotNet.Interactive.Formatting;

namespace CovidNotebooks.Kernel.Formatting;

/// <summary>Which formatter shows a value: registered by the notebook, brought by the value's own type, or built in.</summary>
internal static class FormatterRegistry
{
    private static readonly Lock Gate = new();
    private static readonly ConcurrentDictionary<Type, string[]> Preferred = new();
    private static Registration[] Registrations = [];

    private sealed record Registration(Type Type, string MimeType, FormatDelegate<object> Format, int Order);

    public static void Register(Type type, string mimeType, FormatDelegate<object> format)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentException.ThrowIfNullOrWhiteSpace(mimeType);
        lock (Gate)
        {
            Registrations = [.. Registrations, new Registration(type, mimeType, format, Registrations.Length)];
        }
    }

    public static void Prefer(Type type, string[] mimeTypes) => Preferred[type] = [.. mimeTypes];

    public static void Reset()
    {
        lock (Gate)
        {
            Registrations = [];
            Preferred.Clear();
        }
    }

    public static IReadOnlyCollection<string> PreferredMimeTypes(Type? type)
    {
        if (type is null)
        {
            return [Formatter.DefaultMimeType];
        }

        var nearest = Preferred
            .Select(pair => (Distance: Distance(pair.Key, type), pair.Value))
            .Where(candidate => candidate.Distance is not null)
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Value)
            .FirstOrDefault();
        return nearest
            ?? ConventionFormatters.Of(type)?.PreferredMimeTypes
            ?? [type == typeof(string) ? "text/plain" : Formatter.DefaultMimeType];
    }

    /// <summary>Whether the notebook or the type itself brings a formatter for the MIME type.</summary>
    public static bool HasOwn(Type type, string mimeType) =>
        Registrations.Any(r => r.MimeType == mimeType && Distance(r.Type, type) is not null)
        || ConventionFormatters.Of(type)?.MimeTypes.Contains(mimeType) == true;

    /// <summary>The text of a value in a MIME type.</summary>
    public static string Format(object? value, string mimeType)
    {
        using var writer = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
        using var context = new FormatContext(writer);
        Write(value, mimeType, context);
        return writer.ToString();
    }

    /// <summary>Writes a value, or a member of one, with the formatter that fits best.</summary>
    public static void Write(object? value, string mimeType, FormatContext context)
    {
        if (value is not null && TryOwn(value, mimeType, context))
        {
            return;
        }

        switch (mimeType)
        {
            case "text/html":
                HtmlDefaults.Write(value, context);
                break;
            case "text/plain":
                PlainTextDefaults.Write(value, context);
                break;
            case "application/json":
                context.Writer.Write(JsonDefaults.Serialize(value));
                break;
            default:
                throw new ArgumentException(
                    $"No formatter is registered for MIME type {mimeType} and a value of type {value?.GetType().FullName ?? "null"}. "
                        + "Register one with Formatter.Register, or show text that is of that type already with DisplayAs.");
        }
    }

    private static bool TryOwn(object value, string mimeType, FormatContext context)
    {
        var type = value.GetType();
        var registered = Registrations
            .Where(r => r.MimeType == mimeType)
            .Select(r => (Registration: r, Distance: Distance(r.Type, type)))
            .Where(candidate => candidate.Distance is not null)
            .OrderBy(candidate => candidate.Distance)
            .ThenByDescending(candidate => candidate.Registration.Order);
        foreach (var (registration, _) in registered)
        {
            if (registration.Format(value, context))
            {
                return true;
            }
        }

        return ConventionFormatters.Of(type)?.TryFormat(value, mimeType, context.Writer) == true;
    }

    /// <summary>
    /// How far a registered type is from a value's type: 0 the same, then base classes, interfaces, object; null when it does not fit.
    /// </summary>
    private static int? Distance(Type registered, Type actual)
    {
        if (registered == typeof(object))
        {
            return 10_000;
        }

        var steps = 0;
        for (var type = actual; type is not null; type = type.BaseType, steps++)
        {
            if (Same(registered, type))
            {
                return steps;
            }
        }

        return registered.IsInterface && actual.GetInterfaces().Any(i => Same(registered, i))
            ? 5_000 - registered.GetInterfaces().Length
            : null;
    }

    private static bool Same(Type registered, Type type) =>
        registered == type || (registered.IsGenericTypeDefinition && type.IsGenericType && type.GetGenericTypeDefinition() == registered);
}
