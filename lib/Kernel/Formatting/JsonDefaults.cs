using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CovidNotebooks.Kernel.Formatting;

/// <summary>JSON of values that bring no formatter of their own.</summary>
internal static class JsonDefaults
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        ReferenceHandler = ReferenceHandler.IgnoreCycles,
    };

    public static string Serialize(object? value) => JsonSerializer.Serialize(value, Options);
}
