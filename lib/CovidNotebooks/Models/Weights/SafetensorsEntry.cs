namespace CovidNotebooks.Models.Weights;

/// <summary>A tensor as the header of a safetensors file describes it.</summary>
/// <param name="Name">Its name, unique in the file.</param>
/// <param name="DataType">F64, F32, F16, BF16, I64, I32, I16, I8, U8 or BOOL.</param>
/// <param name="Shape">Its sizes; empty for a scalar.</param>
/// <param name="Begin">Offset of its first byte in the data that follows the header.</param>
/// <param name="End">Offset after its last byte.</param>
public sealed record SafetensorsEntry(string Name, string DataType, IReadOnlyList<long> Shape, long Begin, long End)
{
    /// <summary>The data types that are read and written, with the bytes an element takes.</summary>
    internal static readonly IReadOnlyDictionary<string, int> ElementSizes = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["F64"] = 8,
        ["F32"] = 4,
        ["F16"] = 2,
        ["BF16"] = 2,
        ["I64"] = 8,
        ["I32"] = 4,
        ["I16"] = 2,
        ["I8"] = 1,
        ["U8"] = 1,
        ["BOOL"] = 1,
    };

    /// <summary>Its size in bytes.</summary>
    public long ByteCount => End - Begin;
}
