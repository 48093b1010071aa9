using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace CovidNotebooks.Models.Weights;

/// <summary>
/// Reads a pickle as far as tensors, plain containers, numbers and strings go. It knows the names in <see cref="IsAllowed"/> and no other,
/// calls nothing, imports nothing, and refuses every opcode that <c>torch.save</c> does not write. Its memory is bounded: see the
/// constants.
/// </summary>
/// <remarks>Opcodes: Python's <c>pickletools</c>; the allowed names are a part of those of <c>torch.load(weights_only=True)</c>.</remarks>
internal sealed class PickleReader(ReadOnlyMemory<byte> pickle, Func<object?[], TorchStorage> storageOf)
{
    /// <summary>The longest pickle that is read: a state dict needs some hundred bytes a tensor.</summary>
    public const int MostBytes = 8 << 20;

    private const int MostOpcodes = 300_000;
    private const int MostContainers = 75_000;
    private const int MostSlots = 125_000;
    private const int MostStringBytes = 1 << 20;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<object?> stack = [];
    private readonly List<int> marks = [];
    private readonly Dictionary<uint, object?> memo = [];
    private int position;
    private int containers;
    private int opcodes;

    /// <summary>Bytes that the pickle took, its STOP included.</summary>
    public int Length => position;

    /// <summary>
    /// Whether a name may stand in a file: containers, storages of tensors, and the functions that PyTorch names to put a tensor together.
    /// </summary>
    public static bool IsAllowed(string module, string name) => (module, name) switch
    {
        ("collections", "OrderedDict") or ("torch", "Size") => true,
        ("torch._utils", "_rebuild_tensor" or "_rebuild_tensor_v2" or "_rebuild_parameter") => true,
        ("torch" or "torch.cuda", _) => TorchStorage.TypeOf(name) is not null,
        _ => false,
    };

    /// <summary>Reads one pickle.</summary>
    /// <returns>
    /// null, bool, long, <see cref="BigInteger"/>, double, string, byte[], object?[] (a tuple), a list, <see cref="PickleDictionary"/> or
    /// <see cref="TorchTensor"/>.
    /// </returns>
    /// <exception cref="WeightsException">The pickle is damaged, or asks for more than tensors and plain containers.</exception>
    public object? Read()
    {
        while (true)
        {
            var at = position;
            var code = Byte();
            if (code == '.')
            {
                var value = Pop();
                return stack.Count == 0 && marks.Count == 0 && IsValue(value)
                    ? value
                    : throw Refused($"the pickle ends at byte {at} with something left over, or with no value");
            }

            Run(code, at);
            if (++opcodes > MostOpcodes || stack.Count > MostSlots || memo.Count > MostSlots || containers > MostContainers)
            {
                throw Refused(
                    $"the pickle has more than {MostOpcodes:N0} opcodes, {MostContainers:N0} containers or {MostSlots:N0} remembered "
                        + "values");
            }
        }
    }

    internal static WeightsException Refused(string why) =>
        new(
            $"{char.ToUpperInvariant(why[0])}{why[1..]}. A file of tensors and plain containers has nothing of the kind: it is "
                + "damaged, forged, or needs code to be read.");

    /// <summary>Whether something may be in what was read; a name and a storage are parts of tensors only.</summary>
    internal static bool IsValue(object? value) => value is not (PickleName or TorchStorage);

    private void Run(byte code, int at)
    {
        switch (code)
        {
            case 0x80:
                Require(Byte() is >= 2 and <= 5, "the pickle's protocol is none of 2 to 5");
                break;
            case 0x95:
                _ = Bytes(8);
                break;
            case (byte)'N' or 0x88 or 0x89 or (byte)'J' or (byte)'K' or (byte)'M' or (byte)'G' or 0x8a:
                stack.Add(Number(code));
                break;
            case (byte)'X' or 0x8c or (byte)'U' or (byte)'T' or (byte)'C' or (byte)'B':
                stack.Add(Text(code));
                break;
            case (byte)'(':
                marks.Add(stack.Count);
                Require(marks.Count <= MostSlots, "marks are nested too deep");
                break;
            case (byte)')' or 0x85 or 0x86 or 0x87 or (byte)'t':
                stack.Add(Container(code == 't' ? PopToMark() : PopMany(code == ')' ? 0 : code - 0x84)));
                break;
            case (byte)']' or 0x8f:
                stack.Add(Container(new List<object?>(0)));
                break;
            case (byte)'}':
                stack.Add(Container(new PickleDictionary()));
                break;
            case (byte)'a' or (byte)'e' or 0x90:
                Append(code == 'a' ? PopMany(1) : PopToMark());
                break;
            case (byte)'s' or (byte)'u':
                var items = code == 's' ? PopMany(2) : PopToMark();
                SetItems(Top() as PickleDictionary ?? throw Refused("pairs are set on what is no dict"), items);
                break;
            case (byte)'q' or (byte)'r' or 0x94:
                var place = code == 'q' ? Byte() : code == 'r' ? BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4)) : (uint)memo.Count;
                memo[place <= MostSlots ? place : throw Refused($"a value is to be remembered under the number {place}")] = Top();
                break;
            case (byte)'h' or (byte)'j':
                var slot = code == 'h' ? Byte() : BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));
                stack.Add(
                    memo.TryGetValue(slot, out var remembered) ? remembered
                    : throw Refused($"byte {at} asks for the remembered value {slot}, and there is none"));
                break;
            case (byte)'c':
                stack.Add(Name(Line(), Line()));
                break;
            case 0x93:
                var name = Pop() as string;
                stack.Add(Name(Pop() as string ?? "?", name ?? "?"));
                break;
            case (byte)'Q':
                stack.Add(
                    storageOf(
                        Pop() as object?[] ?? throw Refused($"byte {at} refers to something outside that is no storage of a tensor")));
                break;
            case (byte)'R':
                Reduce();
                break;
            case (byte)'b':
                // state_dict() hangs its version numbers on the dict as an attribute, _metadata; loading does not need them.
                Require(Pop() is PickleDictionary && Top() is PickleDictionary, "the pickle sets the state of an object");
                break;
            default:
                throw Refused($"byte {at} is the pickle opcode 0x{code:x2}, which no file of tensors needs");
        }
    }

    private object? Number(byte code) => code switch
    {
        (byte)'N' => null,
        0x88 => true,
        0x89 => false,
        (byte)'J' => (long)BinaryPrimitives.ReadInt32LittleEndian(Bytes(4)),
        (byte)'K' => (long)Byte(),
        (byte)'M' => (long)BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2)),
        (byte)'G' => BinaryPrimitives.ReadDoubleBigEndian(Bytes(8)),
        _ => new BigInteger(Bytes(Byte())) is var big && big >= long.MinValue && big <= long.MaxValue ? (object)(long)big : big,
    };

    private object Text(byte code)
    {
        var length = code is 0x8c or (byte)'U' or (byte)'C' ? Byte() : BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));
        var bytes = Bytes(length <= MostStringBytes ? (int)length : throw Refused($"a string claims {length:N0} bytes"));
        return code is (byte)'C' or (byte)'B' ? bytes.ToArray() : Decoded(bytes);
    }

    private static string Decoded(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw Refused("a string is not UTF-8");
        }
    }

    private static PickleName Name(string module, string name) =>
        IsAllowed(module, name) ? new PickleName(module, name)
        : throw Refused($"the file names {Shown(module)}.{Shown(name)}, which would have to be imported or called");

    /// <summary>What a stranger wrote, cut short and without control characters.</summary>
    private static string Shown(string text) => new([.. text.Take(60).Select(letter => char.IsControl(letter) ? '?' : letter)]);

    private void Reduce()
    {
        var arguments = Pop() as object?[] ?? throw Refused("a call has no tuple of arguments");
        var name = Pop() as PickleName ?? throw Refused("something is called that is no name");
        stack.Add(name.Name switch
        {
            "OrderedDict" => Container(Dictionary(arguments)),
            "Size" when arguments is [object?[] sizes] => Container(sizes),
            "_rebuild_parameter" when arguments is [TorchTensor tensor, bool, PickleDictionary] => tensor,
            "_rebuild_tensor" when arguments is [TorchStorage storage, long offset, object?[] sizes, object?[] strides] =>
                Container(new TorchTensor(storage, offset, sizes, strides)),
            "_rebuild_tensor_v2" when arguments is [
                TorchStorage storage,
                long offset,
                object?[] sizes,
                object?[] strides,
                bool,
                PickleDictionary,
                ..,
            ]
                && arguments.Length <= 7 =>
                Container(new TorchTensor(storage, offset, sizes, strides)),
            _ => throw Refused($"{name.Module}.{name.Name} is called with {arguments.Length} arguments of other types than PyTorch writes"),
        });
    }

    private PickleDictionary Dictionary(object?[] arguments)
    {
        var dictionary = new PickleDictionary();
        if (arguments is [List<object?> pairs])
        {
            // Python 2 wrote an OrderedDict as a list of its pairs.
            SetItems(dictionary, [.. pairs.SelectMany(Pair)]);
        }
        else
        {
            Require(arguments.Length == 0, "an OrderedDict is made of something else than pairs");
        }

        return dictionary;
    }

    private static IEnumerable<object?> Pair(object? pair) => pair switch
    {
        List<object?> { Count: 2 } two => two,
        object?[] { Length: 2 } two => two,
        _ => throw Refused("an OrderedDict is made of something else than pairs"),
    };

    private static void SetItems(PickleDictionary dictionary, object?[] items)
    {
        Require(items.Length % 2 == 0, "a dict is given a key without a value");
        for (var i = 0; i < items.Length; i += 2)
        {
            Require(items[i] is string or long or bool or double, "a dict's key is neither a string nor a number");
            Require(IsValue(items[i + 1]), "a dict holds a name or a storage");
            dictionary.Set(items[i]!, items[i + 1]);
        }
    }

    private void Append(object?[] items)
    {
        var list = Top() as List<object?> ?? throw Refused("something is appended to what is no list");
        Require(Array.TrueForAll(items, IsValue), "a list holds a name or a storage");
        list.AddRange(items);
    }

    private T Container<T>(T container)
    {
        containers++;
        return container;
    }

    private object? Top() => stack.Count > Floor() ? stack[^1] : throw Refused("the pickle takes a value where there is none");

    private object? Pop()
    {
        var top = Top();
        stack.RemoveAt(stack.Count - 1);
        return top;
    }

    private object?[] PopMany(int count)
    {
        Require(stack.Count - count >= Floor(), "the pickle takes values where there are none");
        var values = stack.GetRange(stack.Count - count, count).ToArray();
        stack.RemoveRange(stack.Count - count, count);
        return values;
    }

    private object?[] PopToMark()
    {
        Require(marks.Count > 0, "the pickle goes back to a mark, and there is none");
        var mark = marks[^1];
        var values = PopMany(stack.Count - mark);
        marks.RemoveAt(marks.Count - 1);
        return values;
    }

    private int Floor() => marks.Count > 0 ? marks[^1] : 0;

    private byte Byte() => Bytes(1)[0];

    private ReadOnlySpan<byte> Bytes(int count)
    {
        Require(count <= pickle.Length - position, "the pickle ends in the middle of a value");
        var bytes = pickle.Span.Slice(position, count);
        position += count;
        return bytes;
    }

    private string Line()
    {
        var rest = pickle.Span[position..];
        var end = rest[..Math.Min(rest.Length, 256)].IndexOf((byte)'\n');
        Require(end >= 0, "a name has no end");
        position += end + 1;
        return Decoded(rest[..end]);
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw Refused(otherwise);
        }
    }

    /// <summary>An allowed name.</summary>
    internal sealed record PickleName(string Module, string Name);
}
