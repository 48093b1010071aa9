using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using static TorchSharp.torch;

namespace CovidNotebooks.Models.Weights;

/// <summary>
/// A file of <c>torch.save</c>, zip or legacy: its tensors, and the plain values around them. Reading runs nothing: see
/// <see cref="PickleReader"/>. Tensors that share a storage in the file share it here, so reading takes the memory of the file and some
/// megabytes.
/// </summary>
public sealed class TorchFile : IDisposable
{
    private const int MostDepth = 16;
    private const int MostValues = 100_000;
    private const long Spare = 32 << 20;
    private const long LegacyProtocol = 1001;

    private static readonly BigInteger LegacyMagic = BigInteger.Parse(
        "1950a86a20f9469cfc6c", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private readonly Dictionary<TorchTensor, Tensor> loaded = [];
    private readonly object? root;

    private TorchFile(string format, object? root)
    {
        Format = format;
        this.root = root;
    }

    /// <summary><c>zip</c>, or <c>legacy</c> before torch 1.6.</summary>
    public string Format { get; }

    /// <summary>Every tensor with its way through dicts, lists and tuples: strings and whole numbers.</summary>
    public IReadOnlyList<(IReadOnlyList<object> Path, Tensor Tensor)> Tensors { get; private set; } = [];

    /// <summary>Every other value with its way: null, bool, long, <see cref="BigInteger"/>, double, string, byte[].</summary>
    public IReadOnlyList<(IReadOnlyList<object> Path, object? Value)> Values { get; private set; } = [];

    /// <summary>What the file is, in a sentence: for messages and for people who were given one.</summary>
    public string Description => $"a PyTorch file ({Format}) " + root switch
    {
        PickleDictionary dictionary when IsStateDictionary(dictionary) => $"with a state dict of {dictionary.Pairs.Count} tensors",
        PickleDictionary dictionary =>
            $"with a dict of {string.Join(", ", dictionary.Pairs.Take(20).Select(pair => $"{pair.Key} ({Kind(pair.Value)})"))}",
        _ => $"with {Kind(root)}",
    };

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="WeightsException">It is damaged, or needs more than tensors and plain containers.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static TorchFile Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        TorchFile? file = null;
        try
        {
            Span<byte> begin = stackalloc byte[2];
            file = stream.ReadAtLeast(begin, 2, throwOnEndOfStream: false) == 2 && begin.SequenceEqual("PK"u8) ? ReadZip(stream)
                : ReadLegacy(stream);
            return file;
        }
        catch (Exception error) when (error is WeightsException or EndOfStreamException)
        {
            throw new WeightsException(
                $"'{path}' was not loaded. {(error is WeightsException ? error.Message : "It ends too early.")}", error);
        }
    }

    /// <summary>The names and tensors of a state dict: the whole file's, or of a part of a checkpoint.</summary>
    /// <param name="part">Null for the whole file; else the key that it stands under, for example <c>state_dict</c>.</param>
    /// <returns>The file's own tensors: they go when it is disposed.</returns>
    /// <exception cref="WeightsException">There is no state dict; the message says what there is.</exception>
    public IReadOnlyDictionary<string, Tensor> StateDictionary(string? part = null)
    {
        if ((part is null ? root : (root as PickleDictionary)?.Find(part)) is PickleDictionary dictionary && IsStateDictionary(dictionary))
        {
            return dictionary.Pairs.ToDictionary(
                pair => (string)pair.Key, pair => loaded[(TorchTensor)pair.Value!], StringComparer.Ordinal);
        }

        var parts = (root as PickleDictionary)?.Pairs.Where(pair => pair is (string, PickleDictionary inner) && IsStateDictionary(inner))
            .Select(pair => $"\"{pair.Key}\"") ?? [];
        throw new WeightsException(
            $"{(part is null ? "The file as a whole" : $"What stands under \"{part}\"")} is no state dict, names with tensors. It is "
                + $"{Description}. "
            + (parts.Any() ? $"Name the part: {string.Join(" or ", parts)}." : "Save model.state_dict() alone."));
    }

    /// <summary>The tensors of a state dict, which the caller owns from now on; every other tensor is freed.</summary>
    internal IReadOnlyDictionary<string, Tensor> Release(string? part)
    {
        try
        {
            var state = StateDictionary(part);

            // Two names can stand for one tensor; whoever frees each name must not free one twice.
            return state.ToDictionary(pair => pair.Key, pair => pair.Value.alias().DetachFromDisposeScope(), StringComparer.Ordinal);
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (var tensor in loaded.Values)
        {
            tensor.Dispose();
        }
    }

    private static bool IsStateDictionary(PickleDictionary dictionary) =>
        dictionary.Pairs.Count > 0 && dictionary.Pairs.All(pair => pair is (string, TorchTensor));

    private static string Kind(object? value) => value switch
    {
        null => "nothing",
        TorchTensor => "a tensor",
        PickleDictionary dictionary when IsStateDictionary(dictionary) => $"{dictionary.Pairs.Count} tensors",
        PickleDictionary dictionary => $"a dict of {dictionary.Pairs.Count}",
        List<object?> list => $"a list of {list.Count}",
        object?[] tuple => $"a tuple of {tuple.Length}",
        string => "a string",
        _ => "a number",
    };

    private static TorchFile ReadZip(FileStream stream)
    {
        var zip = new TorchZip(stream);
        var pickle = zip.Find("data.pkl")!.Value;
        if (pickle.Length > PickleReader.MostBytes)
        {
            throw PickleReader.Refused($"its pickle has {pickle.Length:N0} bytes, the limit is {PickleReader.MostBytes:N0}");
        }

        var reader = new PickleReader(zip.Read(pickle.Start, (int)pickle.Length), reference => TorchStorage.Of(reference, stream.Length));
        var file = new TorchFile("zip", reader.Read());
        file.Load(stream, storage => zip.Find("data/" + storage.Key) is { } record && record.Length == storage.Bytes
            ? record.Start
            : throw PickleReader.Refused(
                $"storage {storage.Key} claims {storage.Bytes} bytes, its record "
                    + $"{(zip.Find("data/" + storage.Key) is { } other ? $"has {other.Length}" : "is not there")}"));
        return file;
    }

    private static TorchFile ReadLegacy(FileStream stream)
    {
        stream.Position = 0;
        var pickles = new byte[Math.Min(stream.Length, PickleReader.MostBytes)];
        stream.ReadExactly(pickles);
        var position = 0;
        var asked = new Dictionary<string, TorchStorage>(StringComparer.Ordinal);
        object? Next(bool storages)
        {
            var reader = new PickleReader(
                pickles.AsMemory(position),
                reference =>
                    storages ? TorchStorage.Of(reference, stream.Length) : throw PickleReader.Refused("the header refers to a storage"));
            var value = reader.Read();
            position += reader.Length;
            return value;
        }

        if (Next(storages: false) is not BigInteger magic || magic != LegacyMagic)
        {
            throw new WeightsException("It begins neither as a zip file nor as a legacy file of torch.save. It is no PyTorch file.");
        }

        if (Next(storages: false) is not LegacyProtocol
            || Next(storages: false) is not PickleDictionary system
            || system.Find("little_endian") is not true)
        {
            throw new WeightsException(
                "It is a legacy PyTorch file of another protocol than 1001, or with big-endian numbers. "
                    + "Save it anew with a current PyTorch.");
        }

        var file = new TorchFile("legacy", Next(storages: true));
        if (Next(storages: false) is not List<object?> keys || !keys.TrueForAll(key => key is string))
        {
            throw PickleReader.Refused("the list of storages is none");
        }

        var starts = new Dictionary<string, (long Start, long Count)>(StringComparer.Ordinal);
        var needed = file.Storages().ToDictionary(storage => storage.Key, StringComparer.Ordinal);
        long at = position;
        Span<byte> field = stackalloc byte[8];
        foreach (var key in keys.Cast<string>())
        {
            if (!needed.TryGetValue(key, out var storage) || starts.ContainsKey(key) || at > stream.Length - 8)
            {
                throw PickleReader.Refused(
                    $"the list of storages names one that no tensor asks for, names one twice, or the file ends before it");
            }

            stream.Position = at;
            stream.ReadExactly(field);
            var count = BinaryPrimitives.ReadInt64LittleEndian(field);
            starts.Add(key, (at + 8, count));
            if (count != storage.Count || storage.Bytes > stream.Length - at - 8)
            {
                throw PickleReader.Refused(
                    $"storage {key} has {count} elements where it stands and {storage.Count} where it is asked for, "
                        + "or the file ends before it does");
            }

            at += 8 + storage.Bytes;
        }

        if (at != stream.Length)
        {
            throw PickleReader.Refused($"{stream.Length - at} bytes follow the last storage");
        }

        file.Load(
            stream,
            storage =>
                starts.TryGetValue(storage.Key, out var found) ? found.Start
                : throw PickleReader.Refused($"storage {storage.Key} is not in the file"));
        return file;
    }

    /// <summary>Every storage that a reachable tensor asks for, once; all who ask for one have to describe it alike.</summary>
    private IEnumerable<TorchStorage> Storages()
    {
        var storages = new Dictionary<string, TorchStorage>(StringComparer.Ordinal);
        foreach (var tensor in Walk().Select(pair => pair.Value).OfType<TorchTensor>())
        {
            if (!storages.TryAdd(tensor.Storage.Key, tensor.Storage) && storages[tensor.Storage.Key] != tensor.Storage)
            {
                throw PickleReader.Refused($"storage {tensor.Storage.Key} is described in two ways");
            }
        }

        return storages.Values;
    }

    private void Load(FileStream stream, Func<TorchStorage, long> startOf)
    {
        var values = Walk().ToList();
        var storages = Storages().Select(storage => (Storage: storage, Start: startOf(storage))).ToList();
        var written = values.Select(pair => pair.Value).OfType<TorchTensor>().Distinct()
            .Aggregate((Int128)0, (sum, tensor) => sum + tensor.Bytes);
        if (written > (Int128)stream.Length + Spare)
        {
            throw PickleReader.Refused($"its tensors would take {written:N0} bytes, the file has {stream.Length:N0}: they repeat elements");
        }

        try
        {
            foreach (var group in values.Select(pair => pair.Value).OfType<TorchTensor>().Distinct()
                .ToLookup(tensor => tensor.Storage.Key, StringComparer.Ordinal))
            {
                var (storage, start) = storages.First(pair => string.Equals(pair.Storage.Key, group.Key, StringComparison.Ordinal));
                using var elements = Elements(stream, storage, start);
                foreach (var tensor in group)
                {
                    loaded.Add(tensor, tensor.Over(elements));
                }
            }
        }
        catch
        {
            Dispose();
            throw;
        }

        Tensors = [.. values.Where(pair => pair.Value is TorchTensor).Select(pair => (pair.Path, loaded[(TorchTensor)pair.Value!]))];
        Values = [.. values.Where(pair => pair.Value is not TorchTensor)];
    }

    private static Tensor Elements(FileStream stream, TorchStorage storage, long start)
    {
        if (storage.Bytes > int.MaxValue)
        {
            throw new WeightsException(
                $"Storage {storage.Key} has {storage.Bytes:N0} bytes; one tensor of at most 2 GiB can be read. Save it in parts.");
        }

        var elements = empty(storage.Count, dtype: storage.Type);
        if (storage.Count > 0)
        {
            stream.Position = start;
            stream.ReadExactly(elements.bytes);
        }

        return elements;
    }

    /// <summary>
    /// Everything that can be reached, with its way; a list that holds itself, or lists of lists of lists, come to an end.
    /// </summary>
    private IEnumerable<(IReadOnlyList<object> Path, object? Value)> Walk()
    {
        var left = new Stack<(object[] Path, object? Value)>([([], root)]);
        for (var seen = 0; left.TryPop(out var next); seen++)
        {
            if (seen > MostValues || next.Path.Length > MostDepth || left.Count > MostValues)
            {
                throw PickleReader.Refused($"its containers are nested deeper than {MostDepth}, or hold more than {MostValues:N0} values");
            }

            var inner = next.Value switch
            {
                PickleDictionary dictionary => dictionary.Pairs.Select(pair => (pair.Key, pair.Value)),
                List<object?> list => list.Select((value, i) => ((object)(long)i, value)),
                object?[] tuple => tuple.Select((value, i) => ((object)(long)i, value)),
                _ => null,
            };
            if (inner is null)
            {
                yield return PickleReader.IsValue(next.Value) ? next : throw PickleReader.Refused("a tuple holds a name or a storage");
                continue;
            }

            foreach (var (key, value) in inner.Reverse())
            {
                left.Push(([.. next.Path, key], value));
            }
        }
    }
}
