using System.Text.Json;
using System.Text.Json.Nodes;

namespace CovidNotebooks.Kernel.Formatting;

/// <summary>One value in one or more MIME types, as an output holds it.</summary>
public sealed class MimeBundle
{
    private readonly Dictionary<string, string> content;

    /// <summary>A bundle of ready text.</summary>
    /// <param name="content">MIME type → content. JSON types hold JSON text, pictures base64.</param>
    public MimeBundle(IEnumerable<KeyValuePair<string, string>> content) =>
        this.content = new Dictionary<string, string>(content, StringComparer.Ordinal);

    /// <summary>MIME type → content, in the order in which the types were asked for.</summary>
    public IReadOnlyDictionary<string, string> Content => content;

    /// <summary>The plain text when there is one, else null.</summary>
    public string? PlainText => content.GetValueOrDefault("text/plain");

    /// <summary>Whether content of a MIME type is kept and sent as JSON, not as text.</summary>
    internal static bool IsJson(string mimeType) => mimeType == "application/json"
        || (mimeType.StartsWith("application/", StringComparison.Ordinal) && mimeType.EndsWith("+json", StringComparison.Ordinal));

    /// <summary>The content of a JSON type; as text where it is no JSON.</summary>
    internal static JsonNode? Json(string content)
    {
        try
        {
            return JsonNode.Parse(content, documentOptions: new JsonDocumentOptions { MaxDepth = 512 });
        }
        catch (JsonException)
        {
            return content;
        }
    }

    /// <summary>Formats a value.</summary>
    /// <param name="value">The value; null is shown as <c>&lt;null&gt;</c>.</param>
    /// <param name="mimeTypes">The MIME types; none = the preferred ones of its type.</param>
    public static MimeBundle Of(object? value, IReadOnlyCollection<string> mimeTypes)
    {
        IEnumerable<string> wanted = mimeTypes.Count > 0 ? mimeTypes : FormatterRegistry.PreferredMimeTypes(value?.GetType());
        return new MimeBundle(wanted.Distinct(StringComparer.Ordinal).Where(type => type != ProgressReport.MimeType)
            .Select(type => KeyValuePair.Create(type, FormatterRegistry.Format(value, type))));
    }
}
