using System.Text.Encodings.Web;
using System.Text.Json;

namespace CovidNotebooks.Models.Weights;

/// <summary>The JSON of a safetensors header, read strictly: nothing unknown, nothing twice.</summary>
internal static class SafetensorsHeaderJson
{
    private const string MetadataKey = "__metadata__";
    private const int MaxRank = 64;

    public static (List<SafetensorsEntry> Entries, Dictionary<string, string> Metadata) Read(ref Utf8JsonReader reader)
    {
        var entries = new List<SafetensorsEntry>();
        Dictionary<string, string>? metadata = null;
        var names = new HashSet<string>(StringComparer.Ordinal);
        Advance(ref reader, JsonTokenType.StartObject);
        while (NextProperty(ref reader) is { } name)
        {
            if (!names.Add(name))
            {
                throw new JsonException($"the name '{name}' occurs twice");
            }

            if (string.Equals(name, MetadataKey, StringComparison.Ordinal))
            {
                metadata = ReadMetadata(ref reader);
            }
            else
            {
                entries.Add(ReadEntry(ref reader, name));
            }
        }

        if (reader.Read())
        {
            throw new JsonException("something follows the header's closing brace");
        }

        return (entries, metadata ?? new Dictionary<string, string>(StringComparer.Ordinal));
    }

    public static void Write(Stream stream, IReadOnlyList<SafetensorsEntry> entries, IReadOnlyDictionary<string, string> metadata)
    {
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        if (metadata.Count > 0)
        {
            writer.WriteStartObject(MetadataKey);
            foreach (var (key, value) in metadata)
            {
                writer.WriteString(key, value);
            }

            writer.WriteEndObject();
        }

        foreach (var entry in entries)
        {
            writer.WriteStartObject(entry.Name);
            writer.WriteString("dtype", entry.DataType);
            WriteNumbers(writer, "shape", entry.Shape);
            WriteNumbers(writer, "data_offsets", [entry.Begin, entry.End]);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static Dictionary<string, string> ReadMetadata(ref Utf8JsonReader reader)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        Advance(ref reader, JsonTokenType.StartObject);
        while (NextProperty(ref reader) is { } key)
        {
            Advance(ref reader, JsonTokenType.String);
            if (!metadata.TryAdd(key, reader.GetString()!))
            {
                throw new JsonException($"the metadata key '{key}' occurs twice");
            }
        }

        return metadata;
    }

    private static SafetensorsEntry ReadEntry(ref Utf8JsonReader reader, string name)
    {
        string? dataType = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        Advance(ref reader, JsonTokenType.StartObject);
        while (NextProperty(ref reader) is { } field)
        {
            switch (field)
            {
                case "dtype" when dataType is null:
                    Advance(ref reader, JsonTokenType.String);
                    dataType = reader.GetString();
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(ref reader, MaxRank);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadNumbers(ref reader, 2);
                    break;
                default:
                    throw new JsonException($"tensor '{name}' has the field '{field}' twice or beside dtype, shape and data_offsets");
            }
        }

        if (dataType is null || shape is null || offsets is not { Count: 2 })
        {
            throw new JsonException($"tensor '{name}' needs dtype, shape and two data_offsets");
        }

        return Checked(new SafetensorsEntry(name, dataType, shape, offsets[0], offsets[1]));
    }

    private static SafetensorsEntry Checked(SafetensorsEntry entry)
    {
        if (!SafetensorsEntry.ElementSizes.TryGetValue(entry.DataType, out var elementSize))
        {
            throw new JsonException(
                $"tensor '{entry.Name}' has the data type '{entry.DataType}', which is not one of "
                    + $"{string.Join(", ", SafetensorsEntry.ElementSizes.Keys)}");
        }

        var bytes = entry.Shape.Aggregate((Int128)elementSize, (product, size) => product > long.MaxValue ? product : product * size);
        if (entry.Shape.Contains(0))
        {
            bytes = 0;
        }

        if (bytes != (Int128)entry.End - entry.Begin)
        {
            throw new JsonException(
                $"tensor '{entry.Name}' of shape [{string.Join(", ", entry.Shape)}] and type {entry.DataType} takes {bytes} bytes, "
                    + $"its offsets give {(Int128)entry.End - entry.Begin}");
        }

        return entry;
    }

    private static List<long> ReadNumbers(ref Utf8JsonReader reader, int most)
    {
        var numbers = new List<long>();
        Advance(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var number) || number < 0)
            {
                throw new JsonException("sizes and offsets are whole numbers of at least 0");
            }

            if (numbers.Count == most)
            {
                throw new JsonException($"a list has more than {most} numbers");
            }

            numbers.Add(number);
        }

        return numbers;
    }

    private static string? NextProperty(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            throw new JsonException("the header ends too early");
        }

        return reader.TokenType switch
        {
            JsonTokenType.PropertyName => reader.GetString(),
            JsonTokenType.EndObject => null,
            _ => throw new JsonException($"found {reader.TokenType}, expected a name"),
        };
    }

    private static void Advance(ref Utf8JsonReader reader, JsonTokenType expected)
    {
        if (!reader.Read() || reader.TokenType != expected)
        {
            throw new JsonException($"found {reader.TokenType}, expected {expected}");
        }
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, IEnumerable<long> numbers)
    {
        writer.WriteStartArray(name);
        foreach (var number in numbers)
        {
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }
}
