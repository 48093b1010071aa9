using CovidNotebooks.Recording;
using static TorchSharp.torch;

namespace CovidNotebooks.Models.Weights;

/// <summary>Reads and writes tensors in the safetensors format: names, types, shapes and numbers, and nothing that could run.</summary>
public static class Safetensors
{
    private static readonly Dictionary<ScalarType, string> DataTypes = new()
    {
        [ScalarType.Float64] = "F64",
        [ScalarType.Float32] = "F32",
        [ScalarType.Float16] = "F16",
        [ScalarType.BFloat16] = "BF16",
        [ScalarType.Int64] = "I64",
        [ScalarType.Int32] = "I32",
        [ScalarType.Int16] = "I16",
        [ScalarType.Int8] = "I8",
        [ScalarType.Byte] = "U8",
        [ScalarType.Bool] = "BOOL",
    };

    /// <summary>Writes a file beside its target, flushes it to the disk and renames it, so that the target is always whole.</summary>
    /// <param name="path">The file to write; an existing one is replaced.</param>
    /// <param name="tensors">Names and tensors; they are written contiguously whatever their strides are.</param>
    /// <param name="metadata">Strings to store beside them, or null.</param>
    /// <exception cref="WeightsException">A tensor has a type that the format does not have.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var entries = Layout(tensors);
        var header = SafetensorsHeader.Write(entries, metadata ?? new Dictionary<string, string>(StringComparer.Ordinal));
        WholeFile.Write(path, stream =>
        {
            stream.Write(header);
            foreach (var entry in entries.Where(entry => entry.ByteCount > 0))
            {
                using var scope = NewDisposeScope();
                stream.Write(tensors[entry.Name].detach().cpu().contiguous().bytes);
            }
        });
    }

    /// <summary>Reads a whole file; every tensor is on the CPU.</summary>
    /// <param name="path">The file to read.</param>
    /// <returns>The tensors and the metadata; dispose it when its tensors are no longer needed.</returns>
    /// <exception cref="WeightsException">The file is not valid.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static WeightsContent Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            var header = SafetensorsHeader.Read(stream);
            var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
            try
            {
                foreach (var entry in header.Entries)
                {
                    tensors.Add(entry.Name, ReadTensor(stream, header, entry));
                }

                return new WeightsContent(tensors, header.Metadata);
            }
            catch
            {
                new WeightsContent(tensors, header.Metadata).Dispose();
                throw;
            }
        }
        catch (WeightsException error)
        {
            throw new WeightsException($"'{path}' was not loaded. {error.Message}", error);
        }
    }

    private static Tensor ReadTensor(FileStream stream, SafetensorsHeader header, SafetensorsEntry entry)
    {
        var type = DataTypes.First(pair => string.Equals(pair.Value, entry.DataType, StringComparison.Ordinal)).Key;
        var tensor = empty([.. entry.Shape], dtype: type).DetachFromDisposeScope();
        if (entry.ByteCount > 0)
        {
            stream.Position = header.DataStart + entry.Begin;
            stream.ReadExactly(tensor.bytes);
        }

        return tensor;
    }

    private static List<SafetensorsEntry> Layout(IReadOnlyDictionary<string, Tensor> tensors)
    {
        var entries = new List<SafetensorsEntry>();
        long offset = 0;
        foreach (var (name, tensor) in tensors.OrderByDescending(pair => pair.Value.ElementSize))
        {
            if (!DataTypes.TryGetValue(tensor.dtype, out var type))
            {
                throw new WeightsException(
                    $"Tensor '{name}' has the type {tensor.dtype}, which the format does not have. Convert it to one of "
                        + $"{string.Join(", ", DataTypes.Keys)} first.");
            }

            var end = offset + (tensor.numel() * tensor.ElementSize);
            entries.Add(new SafetensorsEntry(name, type, tensor.shape, offset, end));
            offset = end;
        }

        return entries;
    }
}
