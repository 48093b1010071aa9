using static TorchSharp.torch;

namespace CovidNotebooks.Models.Weights;

/// <summary>The elements behind one or more tensors of a PyTorch file, as the pickle describes them.</summary>
/// <param name="Key">What the file calls it.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Count">How many elements the pickle claims.</param>
internal sealed record TorchStorage(string Key, ScalarType Type, long Count)
{
    private const int LongestKey = 64;

    private static readonly Dictionary<string, (ScalarType Type, int Bytes)> Types = new(StringComparer.Ordinal)
    {
        ["DoubleStorage"] = (ScalarType.Float64, 8),
        ["FloatStorage"] = (ScalarType.Float32, 4),
        ["HalfStorage"] = (ScalarType.Float16, 2),
        ["BFloat16Storage"] = (ScalarType.BFloat16, 2),
        ["LongStorage"] = (ScalarType.Int64, 8),
        ["IntStorage"] = (ScalarType.Int32, 4),
        ["ShortStorage"] = (ScalarType.Int16, 2),
        ["CharStorage"] = (ScalarType.Int8, 1),
        ["ByteStorage"] = (ScalarType.Byte, 1),
        ["BoolStorage"] = (ScalarType.Bool, 1),
    };

    /// <summary>Bytes of an element.</summary>
    public int ElementSize => Types.Values.First(pair => pair.Type == Type).Bytes;

    /// <summary>Bytes of all of them. The count was checked, so this does not overflow.</summary>
    public long Bytes => Count * ElementSize;

    /// <summary>The type of a storage by its name in PyTorch, or null.</summary>
    public static ScalarType? TypeOf(string name) => Types.TryGetValue(name, out var found) ? found.Type : null;

    /// <summary>The name of a storage in PyTorch.</summary>
    public static string? NameOf(ScalarType type) => Types.FirstOrDefault(pair => pair.Value.Type == type).Key;

    /// <summary>
    /// What a pickle says with <c>('storage', torch.FloatStorage, key, location, count)</c>; a sixth value, the view of torch before 0.4,
    /// has to be None.
    /// </summary>
    /// <exception cref="WeightsException">It says something else, or claims more than the file holds.</exception>
    public static TorchStorage Of(object?[] reference, long fileLength)
    {
        if (reference is not ["storage", PickleReader.PickleName name, string key, string, long count, ..]
            || reference.Length > 6
            || reference is [_, _, _, _, _, not null]
            || TypeOf(name.Name) is not { } type)
        {
            throw PickleReader.Refused("the pickle refers to something outside that is no storage of a tensor");
        }

        if (key.Length is 0 or > LongestKey || !key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-'))
        {
            throw PickleReader.Refused("a storage's name is not made of digits and letters");
        }

        return count >= 0 && count <= fileLength / Types[name.Name].Bytes
            ? new TorchStorage(key, type, count)
            : throw PickleReader.Refused(
                $"storage {key} claims {count} elements of {Types[name.Name].Bytes} bytes, and the whole file has {fileLength} bytes");
    }
}
