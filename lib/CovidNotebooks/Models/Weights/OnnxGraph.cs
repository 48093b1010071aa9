using System.Text;
using static TorchSharp.torch;

namespace CovidNotebooks.Models.Weights;

/// <summary>
/// The nodes of an ONNX model and its initialisers of 32-bit floats, as much as is needed to fill a network: names, kinds, inputs, shapes,
/// numbers. What else a file holds is skipped. No length is believed before it is compared with what is left of the file.
/// </summary>
/// <remarks>
/// Format: onnx.proto, ModelProto field 7 (graph), GraphProto fields 1 (node) and 5 (initializer), in protocol buffers' wire format.
/// </remarks>
public sealed class OnnxGraph : IDisposable
{
    private const int MostFloatBytes = 1 << 30;
    private const int MostParts = 20_000;
    private const int MostDimensions = 8;
    private const int LongestName = 256;

    private readonly Dictionary<string, Tensor> initializers = new(StringComparer.Ordinal);
    private readonly List<(string Operator, IReadOnlyList<string> Inputs)> nodes = [];

    private OnnxGraph()
    {
    }

    /// <summary>What the model computes, in the file's order: the kind of operation, and the names of what it takes.</summary>
    public IReadOnlyList<(string Operator, IReadOnlyList<string> Inputs)> Nodes => nodes;

    /// <summary>The model's numbers by name, on the CPU.</summary>
    public IReadOnlyDictionary<string, Tensor> Initializers => initializers;

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="WeightsException">
    /// It is damaged, no ONNX model, or keeps numbers in another form than raw 32-bit floats.
    /// </exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static OnnxGraph Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var graph = new OnnxGraph();
        try
        {
            var message = new Message(stream, stream.Length);
            var found = false;
            while (message.Next() is { } field)
            {
                if (field == 7)
                {
                    found = found ? throw Damaged("it has two graphs") : true;
                    graph.ReadGraph(message.Inner());
                }
                else
                {
                    message.Skip();
                }
            }

            return found && graph.initializers.Count > 0 ? graph : throw Damaged("it has no graph with numbers");
        }
        catch (Exception error) when (error is WeightsException or EndOfStreamException)
        {
            graph.Dispose();
            throw new WeightsException(
                $"'{path}' was not loaded. {(error is WeightsException ? error.Message : Damaged("it ends too early").Message)}", error);
        }
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (var tensor in initializers.Values)
        {
            tensor.Dispose();
        }
    }

    private static WeightsException Damaged(string why) =>
        new($"It is no ONNX model that can be read here: {why}. It is damaged, cut short, or something else.");

    private void ReadGraph(Message graph)
    {
        while (graph.Next() is { } field)
        {
            if (nodes.Count + initializers.Count > MostParts)
            {
                throw Damaged($"it has more than {MostParts:N0} nodes and initialisers");
            }

            switch (field)
            {
                case 1:
                    ReadNode(graph.Inner());
                    break;
                case 5:
                    ReadInitializer(graph.Inner());
                    break;
                default:
                    graph.Skip();
                    break;
            }
        }
    }

    private void ReadNode(Message node)
    {
        var (operation, inputs) = ("", new List<string>());
        while (node.Next() is { } field)
        {
            switch (field)
            {
                case 1 when inputs.Count < MostDimensions:
                    inputs.Add(node.Text());
                    break;
                case 4:
                    operation = node.Text();
                    break;
                default:
                    node.Skip();
                    break;
            }
        }

        nodes.Add((operation, inputs));
    }

    private void ReadInitializer(Message initializer)
    {
        var (name, type, sizes) = ("", 0L, new List<long>());
        (long Start, long Length)? raw = null;
        while (initializer.Next() is { } field)
        {
            switch (field)
            {
                case 1:
                    initializer.Numbers(sizes, MostDimensions);
                    break;
                case 2:
                    type = initializer.Number();
                    break;
                case 8:
                    name = initializer.Text();
                    break;
                case 4 or 9 when initializer.IsBytes:
                    // float_data, packed, and raw_data are the same bytes.
                    raw = raw is null ? initializer.Piece() : throw Damaged($"the initialiser '{name}' has its numbers twice");
                    break;
                default:
                    initializer.Skip();
                    break;
            }
        }

        var count = sizes.Aggregate((Int128)1, (product, size) => size < 0 || product > MostFloatBytes ? MostFloatBytes : product * size);
        if (type != 1 || raw is null || count * sizeof(float) != raw.Value.Length || raw.Value.Length > MostFloatBytes)
        {
            throw Damaged($"the initialiser '{name}' of shape [{string.Join(", ", sizes)}] is not kept as raw 32-bit floats of that shape");
        }

        using var scope = NewDisposeScope();
        var tensor = empty([.. sizes], dtype: ScalarType.Float32);
        initializer.Copy(raw.Value.Start, tensor);
        initializers[name] = initializers.ContainsKey(name) ? throw Damaged($"it has the initialiser '{name}' twice")
        : tensor.DetachFromDisposeScope();
    }

    /// <summary>A message of protocol buffers: fields, one after another, in a piece of the file.</summary>
    private sealed class Message(FileStream stream, long end)
    {
        private int kind;

        public bool IsBytes => kind == 2;

        public long Length => end - stream.Position;

        /// <summary>The next field's number; null at the end.</summary>
        public int? Next()
        {
            if (stream.Position >= end)
            {
                return stream.Position == end ? null : throw Damaged("a field goes beyond what it is in");
            }

            var key = Varint();
            kind = (int)(key & 7);
            return key >> 3 is > 0 and < 1 << 29 and var field ? (int)field : throw Damaged("a field has no number");
        }

        public long Number() => kind == 0 ? (long)Varint() : throw Damaged("a number is none");

        public void Numbers(List<long> numbers, int most)
        {
            if (kind == 0)
            {
                numbers.Add(Number());
            }
            else
            {
                var packed = Inner();
                while (packed.Length > 0 && numbers.Count <= most)
                {
                    numbers.Add((long)packed.Varint());
                }
            }

            if (numbers.Count > most)
            {
                throw Damaged($"a shape has more than {most} sizes");
            }
        }

        public string Text()
        {
            var inner = Inner();
            if (inner.Length > LongestName)
            {
                throw Damaged("a name is too long");
            }

            var bytes = new byte[inner.Length];
            stream.ReadExactly(bytes);
            return Encoding.UTF8.GetString(bytes);
        }

        /// <summary>The field as a message; reading it to its end goes on behind it.</summary>
        public Message Inner()
        {
            var length = IsBytes ? Varint() : throw Damaged("a field has another kind than it should");
            return length <= (ulong)(end - stream.Position) ? new Message(stream, stream.Position + (long)length)
                : throw Damaged("a field goes beyond what it is in");
        }

        /// <summary>Where the field's bytes are; reading goes on behind them.</summary>
        public (long Start, long Length) Piece()
        {
            var inner = Inner();
            var piece = (stream.Position, inner.Length);
            stream.Position += inner.Length;
            return piece;
        }

        public void Skip()
        {
            var length = kind switch
            {
                0 => Varint() & 0,
                1 => 8UL,
                2 => Varint(),
                5 => 4UL,
                _ => throw Damaged("a field is of a kind that there is not"),
            };
            stream.Position = length <= (ulong)Math.Max(0, end - stream.Position) ? stream.Position + (long)length
                : throw Damaged("a field goes beyond what it is in");
        }

        public void Copy(long start, Tensor target)
        {
            if (target.numel() > 0)
            {
                var behind = stream.Position;
                stream.Position = start;
                stream.ReadExactly(target.bytes);
                stream.Position = behind;
            }
        }

        private ulong Varint()
        {
            ulong value = 0;
            for (var shift = 0; shift < 64; shift += 7)
            {
                var next = stream.Position < end ? stream.ReadByte() : throw Damaged("a number has no end");
                value |= (ulong)(next & 127) << shift;
                if (next < 128)
                {
                    return value;
                }
            }

            throw Damaged("a number has more than 64 bits");
        }
    }
}
