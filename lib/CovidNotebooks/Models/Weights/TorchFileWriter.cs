using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using CovidNotebooks.Recording;
using static TorchSharp.torch;

namespace CovidNotebooks.Models.Weights;

/// <summary>
/// Writes a state dict as <c>torch.save(model.state_dict(), path)</c> does, as a zip file that <c>torch.load(path, weights_only=True)</c>
/// reads.
/// </summary>
public static class TorchFileWriter
{
    private const string Root = "archive/";

    /// <summary>Writes a file beside its target, flushes it to the disk and renames it, so that the target is always whole.</summary>
    /// <param name="path">The file to write; an existing one is replaced.</param>
    /// <param name="tensors">
    /// Names and tensors in the order of the dict; each is written contiguously, whatever its strides are, with a storage of its own.
    /// </param>
    /// <exception cref="WeightsException">A tensor has a type that is not written.</exception>
    public static void Write(string path, IReadOnlyList<(string Name, Tensor Tensor)> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        if (tensors.FirstOrDefault(pair => TorchStorage.NameOf(pair.Tensor.dtype) is null) is { Name: { } odd } other)
        {
            throw new WeightsException(
                $"Tensor '{odd}' has the type {other.Tensor.dtype}, which is not written. "
                    + "Convert it to a floating-point type or to whole numbers first.");
        }

        WholeFile.Write(path, stream =>
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            Add(zip, "data.pkl", Pickle(tensors));
            Add(zip, "byteorder", "little"u8);
            for (var i = 0; i < tensors.Count; i++)
            {
                using var scope = NewDisposeScope();
                var tensor = tensors[i].Tensor.detach().cpu().contiguous();
                Add(zip, string.Create(CultureInfo.InvariantCulture, $"data/{i}"), tensor.numel() == 0 ? [] : tensor.bytes);
            }

            Add(zip, "version", "3\n"u8);
        });
    }

    private static void Add(ZipArchive zip, string name, ReadOnlySpan<byte> bytes)
    {
        using var record = zip.CreateEntry(Root + name, CompressionLevel.NoCompression).Open();
        record.Write(bytes);
    }

    private static byte[] Pickle(IReadOnlyList<(string Name, Tensor Tensor)> tensors)
    {
        using var pickle = new MemoryStream();
        pickle.Write([0x80, 2]);
        OrderedDict(pickle);
        pickle.Write("("u8);
        for (var i = 0; i < tensors.Count; i++)
        {
            var (name, tensor) = tensors[i];
            Text(pickle, name);
            pickle.Write("ctorch._utils\n_rebuild_tensor_v2\n(("u8);
            Text(pickle, "storage");
            pickle.Write(Encoding.ASCII.GetBytes($"ctorch\n{TorchStorage.NameOf(tensor.dtype)}\n"));
            Text(pickle, i.ToString(CultureInfo.InvariantCulture));
            Text(pickle, "cpu");
            Number(pickle, tensor.numel());
            pickle.Write("tQ"u8);
            Number(pickle, 0);
            Tuple(pickle, tensor.shape);
            Tuple(
                pickle,
                [
                    .. Enumerable.Range(1, tensor.shape.Length)
                    .Select(axis => tensor.shape[axis..].Aggregate(1L, (product, size) => product * Math.Max(1, size))),
                ]);
            pickle.WriteByte(0x89);
            OrderedDict(pickle);
            pickle.Write("tR"u8);
        }

        pickle.Write("u."u8);
        return pickle.ToArray();
    }

    private static void OrderedDict(MemoryStream pickle) => pickle.Write("ccollections\nOrderedDict\n)R"u8);

    private static void Tuple(MemoryStream pickle, IEnumerable<long> numbers)
    {
        pickle.Write("("u8);
        foreach (var number in numbers)
        {
            Number(pickle, number);
        }

        pickle.Write("t"u8);
    }

    private static void Text(MemoryStream pickle, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        pickle.Write("X"u8);
        pickle.Write(length);
        pickle.Write(bytes);
    }

    private static void Number(MemoryStream pickle, long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        pickle.Write(number <= int.MaxValue ? "J"u8 : [0x8a, 8]);
        pickle.Write(number <= int.MaxValue ? bytes[..4] : bytes);
    }
}
