using System.Text;
using CovidNotebooks.Models.Weights;
using Tests.Data;
using Tests.Shared;

namespace Tests.Models.Weights;

[Trait("Category", "Golden")]
public class SafetensorsHeaderTests
{
    public static TheoryData<string> Good => Named("good");

    public static TheoryData<string> Hostile => Named("hostile");

    [SkippableTheory]
    [MemberData(nameof(Good))]
    public void Describes_the_tensors_of_a_good_file(string file)
    {
        var expected = Expected("good").Single(item => item.GetProperty("file").GetString() == file);
        using var stream = File.OpenRead(PathOf(file));
        var header = SafetensorsHeader.Read(stream);
        var tensors = expected.GetProperty("tensors").EnumerateArray()
            .ToDictionary(tensor => tensor.GetProperty("key").GetString()!, StringComparer.Ordinal);
        Assert.Equal(tensors.Keys.Order(StringComparer.Ordinal), header.Entries.Select(entry => entry.Name).Order(StringComparer.Ordinal));
        foreach (var entry in header.Entries)
        {
            Assert.Equal(tensors[entry.Name].GetProperty("dtype").GetString(), entry.DataType);
            Assert.Equal(GoldenCase.Integers(tensors[entry.Name].GetProperty("shape")), entry.Shape);
        }

        var metadata = expected.GetProperty("metadata");
        Assert.Equal(
            metadata.ValueKind == System.Text.Json.JsonValueKind.Null ? 0 : metadata.EnumerateObject().Count(), header.Metadata.Count);
        foreach (var (key, value) in header.Metadata)
        {
            Assert.Equal(metadata.GetProperty(key).GetString(), value);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Hostile))]
    public void Refuses_a_hostile_file(string file)
    {
        using var stream = File.OpenRead(PathOf(file));
        Assert.Throws<WeightsException>(() => SafetensorsHeader.Read(stream));
    }

    [SkippableFact]
    public void Refuses_a_file_cut_at_any_byte()
    {
        foreach (var bytes in Expected("good").Select(item => File.ReadAllBytes(PathOf(item.GetProperty("file").GetString()!))))
        {
            for (var length = 0; length < bytes.Length; length++)
            {
                using var stream = new MemoryStream(bytes, 0, length);
                Assert.Throws<WeightsException>(() => SafetensorsHeader.Read(stream));
            }
        }
    }

    [SkippableFact]
    public void A_changed_byte_is_read_or_refused_but_nothing_else()
    {
        var withMetadata = Expected("good").First(item => item.GetProperty("metadata").ValueKind == System.Text.Json.JsonValueKind.Object);
        var bytes = File.ReadAllBytes(PathOf(withMetadata.GetProperty("file").GetString()!));
        var refused = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            foreach (var change in new byte[] { 1, 0x20, 0x80, 0xFF })
            {
                var changed = (byte[])bytes.Clone();
                changed[i] ^= change;
                using var stream = new MemoryStream(changed);
                try
                {
                    var header = SafetensorsHeader.Read(stream);
                    Assert.True(header.Entries.Sum(entry => entry.ByteCount) <= bytes.Length);
                }
                catch (WeightsException)
                {
                    refused++;
                }
            }
        }

        Assert.True(refused > bytes.Length, $"only {refused} of {4 * bytes.Length} changed files were refused");
    }

    [Fact]
    public void What_is_written_is_read_again_and_data_is_aligned()
    {
        SafetensorsEntry[] entries =
        [
            new("a.weight", "F32", [2, 3], 0, 24),
            new("b \"quoted\" 层", "I64", [], 24, 32),
            new("empty", "U8", [0, 5], 32, 32),
        ];
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["format"] = "pt", ["note"] = "line\nbreak é" };
        var bytes = SafetensorsHeader.Write(entries, metadata);
        using var stream = new MemoryStream([.. bytes, .. new byte[32]]);
        var header = SafetensorsHeader.Read(stream);
        Assert.Equal(bytes.Length, header.DataStart);
        Assert.Equal(0, header.DataStart % 8);
        Assert.Equal(metadata, header.Metadata);
        Assert.Equal(entries.Select(Text), header.Entries.Select(Text));
    }

    [Theory]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"extra\":1}}", 4)]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4)]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,8]}}", 4)]
    [InlineData("{} {}", 0)]
    [InlineData("{\"__metadata__\":{},\"__metadata__\":{}}", 0)]
    public void Refuses_a_header_with_more_than_the_format_has(string json, long dataLength) =>
        Assert.Throws<WeightsException>(() => SafetensorsHeader.Parse(Encoding.UTF8.GetBytes(json), dataLength));

    internal static string PathOf(string file)
    {
        GoldenFiles.SkipUnlessThere(file);
        return Path.Combine(Repository.Golden, "checkpoints", "safetensors", file);
    }

    internal static IEnumerable<System.Text.Json.JsonElement> Expected(string part) =>
        GoldenCase.Read(List).GetProperty(part).EnumerateArray();

    /// <summary>The file that lists the cases, or what says that the folder has none.</summary>
    private static string List =>
        Path.Combine("checkpoints", "safetensors_expected.json") is var list && File.Exists(Path.Combine(Repository.Golden, list))
        ? list
        : GoldenFiles.NotInThisFolder("checkpoints", "safetensors");

    private static TheoryData<string> Named(string part)
    {
        string list = List;
        var files = list.EndsWith(".json", StringComparison.Ordinal)
            ? new TheoryData<string>(Expected(part).Select(item => item.GetProperty("file").GetString()!))
            : new(list);
        Assert.True(files.Count > 0, $"No {part} safetensors file is listed.");
        return files;
    }

    private static string Text(SafetensorsEntry entry) =>
        $"{entry.Name}|{entry.DataType}|{string.Join(',', entry.Shape)}|{entry.Begin}|{entry.End}";
}
