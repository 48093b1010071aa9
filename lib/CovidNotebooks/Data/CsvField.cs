namespace CovidNotebooks.Data;

/// <summary>Writes what <see cref="CsvReader"/> reads.</summary>
internal static class CsvField
{
    /// <summary>
    /// A field as it stands in a line: nothing for null, in quotes where it is empty or holds a comma, a quote or the end of a line.
    /// </summary>
    public static string Of(string? value) => value switch
    {
        null => string.Empty,
        _ when value.Length == 0 || value.AsSpan().IndexOfAny(",\"\r\n") >= 0 => "\""
            + value.Replace("\"", "\"\"", StringComparison.Ordinal)
            + "\"",
        _ => value,
    };
}
