using System.Security.Cryptography;
using System.Text.Json;
using CovidNotebooks.Models.Weights;
using Tests.Data;
using Tests.Shared;
using static TorchSharp.torch;

namespace Tests.Models.Weights;

[Trait("Category", "Golden")]
public sealed class TorchFileTests : IDisposable
{
    /// <summary>What reading may take beyond the file itself.</summary>
    private const long MostMemory = 64 << 20;

    private const string Marker = "/tmp/HOSTILE_PICKLE_EXECUTED";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Good => Named("good");

    public static TheoryData<string> Hostile => Named("hostile");

    [SkippableTheory]
    [MemberData(nameof(Good))]
    public void Reads_every_tensor_and_every_value_of_a_good_file(string name)
    {
        var path = PathOf("good", name);
        var expected = Expected("good").Single(item => item.GetProperty("file").GetString() == name);
        using var file = TorchFile.Read(path);
        Assert.Equal(expected.GetProperty("format").GetString(), file.Format);
        var tensors = file.Tensors.ToDictionary(pair => Key(pair.Path), pair => pair.Tensor, StringComparer.Ordinal);
        var listed = expected.GetProperty("tensors").EnumerateArray().ToList();
        Assert.Equal(listed.Select(item => Key(item.GetProperty("path"))), file.Tensors.Select(pair => Key(pair.Path)));
        foreach (var item in listed)
        {
            var tensor = tensors[Key(item.GetProperty("path"))];
            Assert.Equal(
                item.GetProperty("dtype").GetString(),
                tensor.dtype switch { ScalarType.Byte => "uint8", var other => other.ToString().ToLowerInvariant() });
            Assert.Equal(GoldenCase.Integers(item.GetProperty("shape")), tensor.shape);
            using var whole = tensor.contiguous();
            Assert.Equal(
                item.GetProperty("sha256_contiguous_little_endian").GetString(),
                Convert.ToHexStringLower(SHA256.HashData(whole.numel() == 0 ? [] : whole.bytes)));
        }

        if (expected.TryGetProperty("containers_and_values", out var values))
        {
            var found = file.Values.ToDictionary(pair => Key(pair.Path), pair => pair.Value, StringComparer.Ordinal);
            foreach (var item in values.EnumerateArray().Where(item => item.TryGetProperty("value", out _)))
            {
                var value = item.GetProperty("value");
                Assert.Equal(
                    value.ValueKind switch
                    {
                        JsonValueKind.Null => null,
                        JsonValueKind.True => true,
                        JsonValueKind.False => false,
                        JsonValueKind.String => value.GetString(),
                        _ when item.GetProperty("type").GetString() == "int" => value.GetInt64(),
                        _ => (object)value.GetDouble(),
                    },
                    found[Key(item.GetProperty("path"))]);
            }
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Hostile))]
    public void Refuses_a_hostile_file_in_bounded_memory_and_runs_nothing(string name)
    {
        var path = PathOf("hostile", name);
        var (refused, allocated) = Measured(path);
        Assert.True(
            refused,
            $"{name} was read: "
                + $"{Expected("hostile").Single(item => item.GetProperty("file").GetString() == name).GetProperty("why").GetString()}");
        Assert.True(allocated <= new FileInfo(path).Length + MostMemory, $"{name}: {allocated:N0} bytes were allocated");
        Assert.False(File.Exists(Marker), $"{name} ran its command");
    }

    [Theory]
    [InlineData("}", 0)]
    [InlineData("N", 0)]
    [InlineData("(", 0)]
    [InlineData("]\x94", 0)]
    [InlineData("N\x94", 0)]
    [InlineData("J\x00\x01\x00\x00", 0)]
    [InlineData("\x8c\x01x", 0)]
    [InlineData("K\x01N", 'd')]
    public void A_pickle_of_eight_megabytes_of_small_values_takes_bounded_memory(string repeated, int setAll)
    {
        byte[] unit = [.. repeated.Select(letter => (byte)letter)];
        byte[] pickle =
        [
            0x80,
            2,
            (byte)'}',
            (byte)'(',
            .. Enumerable.Repeat(unit, (8_000_000 / unit.Length) - 8).SelectMany(bytes => bytes),
            .. setAll == 0 ? Array.Empty<byte>() : [(byte)'u'],
            (byte)'.',
        ];
        var path = MadeUp(pickle);
        var (refused, allocated) = Measured(path);
        Assert.True(refused);
        Assert.True(allocated <= new FileInfo(path).Length + MostMemory, $"{allocated:N0} bytes were allocated");
    }

    [SkippableFact]
    public void A_file_cut_at_any_byte_is_refused()
    {
        foreach (var name in new[] { "basic_zip.pth", "basic_legacy.pth", "checkpoint_zip_proto4.pth", "views_legacy.pth" })
        {
            var bytes = File.ReadAllBytes(PathOf("good", name));
            var path = Path.GetTempFileName();
            for (var length = 0; length < bytes.Length; length++)
            {
                File.WriteAllBytes(path, bytes[..length]);
                Assert.Throws<WeightsException>(() => TorchFile.Read(path).Dispose());
            }
        }
    }

    [SkippableFact]
    public void A_state_dict_is_found_in_its_part_and_a_checkpoint_says_what_it_holds()
    {
        using var plain = TorchFile.Read(PathOf("good", "basic_zip.pth"));
        Assert.Equal("features.0.weight", plain.StateDictionary().First().Key);
        Assert.Contains("with a state dict of", plain.Description, StringComparison.Ordinal);
        using var checkpoint = TorchFile.Read(PathOf("good", "checkpoint_legacy.pth"));
        Assert.Equal("features.0.weight", checkpoint.StateDictionary("state_dict").First().Key);
        var error = Assert.Throws<WeightsException>(() => checkpoint.StateDictionary());
        Assert.Contains("Name the part: \"state_dict\".", error.Message, StringComparison.Ordinal);
        Assert.Contains("arch (a string)", error.Message, StringComparison.Ordinal);
        var parallel = Assert.Throws<WeightsException>(() => ModelWeights.Load(nn.Linear(2, 2), PathOf("good", "data_parallel_zip.pth")));
        Assert.Contains("model.module.state_dict()", parallel.Message, StringComparison.Ordinal);
        Assert.Contains("missing: bias Float32 [2]", parallel.Message, StringComparison.Ordinal);
        Assert.Contains("not in the model: module.head.weight", parallel.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pickle_refuses_whatever_name_is_not_on_its_list()
    {
        foreach (
            var (module, name) in new[]
            {
                ("torch", "load"),
                ("torch", "FloatTensor"),
                ("torch.nn.parameter", "Parameter"),
                ("torch._utils", "_rebuild_qtensor"),
                ("collections", "defaultdict"),
                ("builtins", "dict"),
                ("torch", "FloatStorage "),
                ("torch.FloatStorage", "__init__"),
            })
        {
            var error = Assert.Throws<WeightsException>(
                () =>
                    TorchFile.Read(MadeUp([0x80, 2, (byte)'c', .. System.Text.Encoding.ASCII.GetBytes($"{module}\n{name}\n"), (byte)'.'])));
            Assert.Contains($"the file names {module}.{name}", error.Message, StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>Opcodes as Python's pickletools names them; what a list of pairs holds is in the test.</summary>
    [Theory]
    [InlineData("]((U\u0001aK\u0005t(U\u0001bNte", "a=5 b=")] // pairs as tuples: MARK ... TUPLE
    [InlineData("](](U\u0001aK\u0005e](U\u0001b\u0088ee", "a=5 b=True")] // and as lists, as Python 2 wrote them
    public void An_OrderedDict_of_Python_2_is_a_list_of_its_pairs(string pairs, string expected)
    {
        using var file = TorchFile.Read(MadeUp(Call(pairs)));
        Assert.Equal(expected, string.Join(' ', file.Values.Select(value => $"{value.Path[0]}={value.Value}")));
        Assert.Empty(file.Tensors);
        Assert.Contains("with a dict of a (a number), b (", file.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("](K\u0001e", "is made of something else than pairs")] // a number is no pair
    [InlineData("](U\u0003abce", "is made of something else than pairs")]
    [InlineData("K\u0001", "is made of something else than pairs")]
    public void An_OrderedDict_of_anything_else_is_refused(string argument, string expected) =>
        Assert.Contains(
            expected, Assert.Throws<WeightsException>(() => TorchFile.Read(MadeUp(Call(argument)))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("N", "nothing")]
    [InlineData("K\u0001", "a number")]
    [InlineData("U\u0002hi", "a string")]
    [InlineData("](K\u0001K\u0002e", "a list of 2")]
    [InlineData("(K\u0001K\u0002K\u0003t", "a tuple of 3")]
    public void A_file_without_a_dict_says_what_it_holds(string pickle, string expected)
    {
        using var file = TorchFile.Read(MadeUp([0x80, 2, .. Latin(pickle), (byte)'.']));
        Assert.Equal($"a PyTorch file (zip) with {expected}", file.Description);
        var error = Assert.Throws<WeightsException>(() => file.StateDictionary("model"));
        Assert.Contains("What stands under \"model\" is no state dict", error.Message, StringComparison.Ordinal);
        Assert.Contains("Save model.state_dict() alone.", error.Message, StringComparison.Ordinal);
    }

    /// <summary>collections.OrderedDict called with one argument.</summary>
    private static byte[] Call(string argument) =>
        [0x80, 2, .. "ccollections\nOrderedDict\n("u8, .. Latin(argument), .. "tR."u8];

    private static byte[] Latin(string text) => [.. text.Select(letter => (byte)letter)];

    private static string PathOf(string part, string file)
    {
        GoldenFiles.SkipUnlessThere(file);
        var path = Path.Combine(Repository.Golden, "checkpoints", part, file);
        Skip.IfNot(File.Exists(path), $"{path} is not in this folder of golden files");
        return path;
    }

    /// <summary>Whether a file is refused, and how many bytes reading it allocated in all, freed ones included.</summary>
    internal static (bool Refused, long Allocated) Measured(string path)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            TorchFile.Read(path).Dispose();
            return (false, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        catch (WeightsException)
        {
            return (true, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    /// <summary>A zip file with a pickle and no storages.</summary>
    private string MadeUp(byte[] pickle)
    {
        var path = Path.Combine(folder.Path, "made-up.pth");
        using var zip = new System.IO.Compression.ZipArchive(File.Create(path), System.IO.Compression.ZipArchiveMode.Create);
        using (var record = zip.CreateEntry("archive/data.pkl", System.IO.Compression.CompressionLevel.NoCompression).Open())
        {
            record.Write(pickle);
        }

        return path;
    }

    private static string List(string part) =>
        Path.Combine("checkpoints", $"{part}_expected.json") is var list && File.Exists(Path.Combine(Repository.Golden, list))
        ? list
        : GoldenFiles.NotInThisFolder("checkpoints", $"pth_{part}");

    private static IEnumerable<JsonElement> Expected(string part) => GoldenCase.Read(List(part)).GetProperty("files").EnumerateArray();

    private static TheoryData<string> Named(string part)
    {
        string list = List(part);
        var files = list.EndsWith(".json", StringComparison.Ordinal)
            ? new TheoryData<string>(Expected(part).Select(item => item.GetProperty("file").GetString()!))
            : new(list);
        Assert.True(files.Count > 0, $"No {part} PyTorch file is listed.");
        return files;
    }

    private static string Key(IEnumerable<object> path) => string.Join('/', path);

    private static string Key(JsonElement path) => string.Join('/', path.EnumerateArray().Select(item => item.ToString()));
}
