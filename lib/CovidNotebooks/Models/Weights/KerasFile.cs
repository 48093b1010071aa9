using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PureHDF;
using PureHDF.VOL.Native;
using static TorchSharp.torch;

namespace CovidNotebooks.Models.Weights;

/// <summary>
/// The weights of a Keras HDF5 file (<c>save_weights</c>, keras-applications): layers by name, each with its kernel, bias and batch-norm
/// statistics, turned from Keras' axes into torch's. PureHDF reads the file; this class tells it where to stop.
/// </summary>
/// <remarks>
/// Sizes are compared with the file's length before numbers are read, only datasets of 32-bit floats that are kept whole, not in chunks,
/// are read, attributes are not, and all that PureHDF reads together is limited. What PureHDF allocates for the file's own bookkeeping
/// cannot be limited from outside: it believes a heap's length, and a forged file of 1 KB made it allocate 2.1 GB for a moment. So compare
/// the digest of a file from elsewhere before reading it.
/// </remarks>
public sealed class KerasFile : IDisposable
{
    private const int MostObjects = 10_000;
    private const int MostDepth = 4;
    private const int MostDimensions = 4;

    private readonly Dictionary<string, Dictionary<string, Tensor>> layers = new(StringComparer.Ordinal);
    private readonly long length;
    private long left;
    private int objects;

    private KerasFile(long length) => (this.length, left) = (length, length);

    /// <summary>
    /// Layers by name; each has <c>weight</c> and, where it has them, <c>bias</c>, <c>running_mean</c>, <c>running_var</c>, in torch's
    /// axes.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, Tensor>> Layers =>
        layers.ToDictionary(pair => pair.Key, pair => (IReadOnlyDictionary<string, Tensor>)pair.Value, StringComparer.Ordinal);

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="WeightsException">It is damaged, or holds something else than layers.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static KerasFile Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var file = new KerasFile(stream.Length);
        try
        {
            using var limited = new LimitedStream(stream);
            using var hdf = H5File.Open(limited, leaveOpen: true);
            RefuseSoftLinks(hdf);
            var root = hdf.LinkExists("model_weights") ? hdf.Group("model_weights") : hdf;
            foreach (var layer in file.Children(root).OfType<IH5Group>())
            {
                file.ReadLayer(layer.Name, layer, depth: 1);
            }

            return file.layers.Count > 0 ? file : throw Damaged("it has no layer with weights");
        }
        catch (Exception error) when (error is not FileNotFoundException)
        {
            // PureHDF has no exception of its own: whatever it throws at a damaged file is one.
            file.Dispose();
            throw new WeightsException(
                $"'{path}' was not loaded. {(error is WeightsException ? error.Message : Damaged(error.Message).Message)}", error);
        }
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (var tensor in layers.Values.SelectMany(layer => layer.Values))
        {
            tensor.Dispose();
        }
    }

    private static WeightsException Damaged(string why) =>
        new($"It is no HDF5 file of Keras weights: {why.TrimEnd('.')}. It is damaged, cut short, or something else.");

    /// <summary>
    /// Refuses a group whose header holds soft links: Keras writes none, and PureHDF follows those that lead to themselves until the stack
    /// has run out, without another look at the file. Its public members only follow links, so the header is looked at from behind.
    /// </summary>
    private static void RefuseSoftLinks(IH5Group group)
    {
        foreach (var message in (IEnumerable)Member(Member(group, "Header"), "HeaderMessages"))
        {
            if (Member(message, "Data") is { } data && data.GetType().Name == "LinkMessage"
                && Member(data, "LinkInfo").GetType().Name != "HardLinkInfo")
            {
                throw Damaged($"'{group.Name}' holds a link to another name, which Keras never writes");
            }
        }
    }

    private static object Member(object of, string name) =>
        of.GetType().GetProperty(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)?.GetValue(of)
        ?? throw Damaged($"its {name} cannot be read");

    private IEnumerable<IH5Object> Children(IH5Group group)
    {
        RefuseSoftLinks(group);
        foreach (var child in group.Children())
        {
            yield return ++objects <= MostObjects ? child : throw Damaged($"it has more than {MostObjects:N0} objects");
        }
    }

    /// <summary>Keras puts a layer's numbers into a group of its name, and since version 2 into another group of that name in it.</summary>
    private void ReadLayer(string layer, IH5Group group, int depth)
    {
        foreach (var child in Children(group))
        {
            switch (child)
            {
                case IH5Dataset dataset:
                    ReadNumbers(layer, dataset);
                    break;
                case IH5Group inner when depth < MostDepth:
                    ReadLayer(layer, inner, depth + 1);
                    break;
                default:
                    throw Damaged($"layer '{layer}' holds '{child.Name}', which is no dataset");
            }
        }
    }

    private void ReadNumbers(string layer, IH5Dataset dataset)
    {
        var role = RoleOf(layer, dataset.Name) ?? throw Damaged(
            $"layer '{layer}' has '{dataset.Name}', which is none of kernel, bias, gamma, beta, moving mean and moving variance");
        var sizes = dataset.Space.Dimensions;
        var bytes = sizes.Aggregate((Int128)sizeof(float), (product, size) => product > long.MaxValue ? product : product * size);
        if (dataset.Type.Class != H5DataTypeClass.FloatingPoint || dataset.Type.Size != sizeof(float)
            || dataset.Layout.Class is not (H5DataLayoutClass.Contiguous or H5DataLayoutClass.Compact)
            || sizes.Length is 0 or > MostDimensions || sizes.Contains(0ul) || bytes > left)
        {
            throw Damaged(
                $"'{dataset.Name}' of layer '{layer}' is not kept as 32-bit floats, one after another, or claims more than the file's "
                    + $"{length:N0} bytes");
        }

        left -= (long)bytes;
        using var scope = NewDisposeScope();
        var read = empty([.. sizes.Select(size => (long)size)], dtype: ScalarType.Float32);
        ((NativeDataset)dataset).Read(MemoryMarshal.Cast<byte, float>(read.bytes));
        var tensor = sizes.Length switch
        {
            // rows, columns, inputs, outputs
            4 => read.permute(3, 2, 0, 1).contiguous(),
            2 => read.t().contiguous(),
            _ => read,
        };
        if (!layers.TryGetValue(layer, out var numbers))
        {
            layers.Add(layer, numbers = new(StringComparer.Ordinal));
        }

        if (!numbers.TryAdd(role, tensor))
        {
            throw Damaged($"layer '{layer}' has its {role} twice");
        }

        tensor.DetachFromDisposeScope();
    }

    /// <summary>What a dataset is in torch's words: by Keras 2's name (<c>kernel:0</c>) or Keras 1's (<c>block1_conv1_W_1:0</c>).</summary>
    private static string? RoleOf(string layer, string dataset)
    {
        var name = dataset[(dataset.LastIndexOf('/') + 1)..].Split(':')[0];
        name = name.StartsWith(layer + "_", StringComparison.Ordinal) ? name[(layer.Length + 1)..] : name;
        return (name.EndsWith("_1", StringComparison.Ordinal) ? name[..^2] : name) switch
        {
            "kernel" or "W" or "gamma" => "weight",
            "bias" or "b" or "beta" => "bias",
            "moving_mean" or "running_mean" => "running_mean",
            "moving_variance" or "running_std" => "running_var",
            _ => null,
        };
    }

    /// <summary>
    /// A file of which no more is read than some times its length: bookkeeping that points back at itself comes to an end. So do links that
    /// lead to one another, which PureHDF follows by calling itself: the stack would run out, and with it the process.
    /// </summary>
    private sealed class LimitedStream(FileStream file) : Stream
    {
        private const int Times = 4;
        private const long Spare = 16 << 20;

        private long left = (Times * file.Length) + Spare;

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => file.Length;

        public override long Position
        {
            get => file.Position;
            set => file.Position = value;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            // A read at the end costs too, or a loop there would never come to an end.
            left -= Math.Max(1, buffer.Length);
            return left >= 0 && RuntimeHelpers.TryEnsureSufficientExecutionStack()
                ? file.Read(buffer)
                : throw Damaged("its parts point at one another without end");
        }

        public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

        public override void Flush()
        {
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
