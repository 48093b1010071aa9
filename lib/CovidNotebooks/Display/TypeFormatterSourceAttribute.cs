namespace CovidNotebooks.Display;

/// <summary>
/// Tells a notebook kernel how a type shows itself. .NET Interactive finds this attribute by its name, whatever
/// namespace it is in, so the library needs no reference to a notebook package.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>The type whose <c>CreateTypeFormatters()</c> makes the formatters.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The MIME types that an output holds, side by side.</summary>
    public string[] PreferredMimeTypes { get; set; } = ["text/html", "text/plain"];
}
