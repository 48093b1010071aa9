using System.Text;
using System.Text.Json;
using CovidNotebooks.Audit;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Imaging;
using Tests.Shared;

namespace Tests.Data;

/// <summary>DICOM files of tests/golden-dicom, against pydicom and dcmtk (make.py there).</summary>
[Trait("Category", "Golden")]
public sealed class DicomTests : IDisposable
{
    private static readonly JsonElement[] Pictures = ReadPictures();
    private readonly TemporaryFolder folder = new();
    private readonly ImageFileReader reader = new();

    public static TheoryData<string> Read => [.. Pictures.Where(item => !item.TryGetProperty("refused", out _)).Select(NameOf)];

    public static TheoryData<string> Refused => [.. Pictures.Where(item => item.TryGetProperty("refused", out _)).Select(NameOf)];

    public static string Folder => Path.Combine(Repository.Root, "tests", "golden-dicom");

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Read))]
    public void Levels_are_those_of_pydicom_and_of_dcmtk_within_one(string file)
    {
        var golden = Pictures.Single(item => NameOf(item) == file);
        var image = reader.Read(Path.Combine(Folder, file));
        Assert.Equal((golden.Int("width"), golden.Int("height")), (image.Width, image.Height));
        var levels = golden.GetProperty("levels").GetBytesFromBase64();
        var isGray = levels.Length == image.Width * image.Height;
        Assert.Equal(levels, isGray ? [.. image.Pixels.Where((_, i) => i % 3 == 0)] : image.Pixels);
        Assert.True(!isGray || image.IsGray());
        if (golden.TryGetProperty("dcmtk", out var dcmtk))
        {
            // dcmtk rounds down.
            Assert.InRange(dcmtk.GetBytesFromBase64().Zip(levels, (a, b) => Math.Abs(a - b)).Max(), 0, 1);
        }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_not_read_is_refused_by_name_and_with_advice(string file)
    {
        var golden = Pictures.Single(item => NameOf(item) == file);
        var message = Assert.Throws<BadImageException>(() => reader.Read(Path.Combine(Folder, file))).Message;
        Assert.Contains(golden.GetProperty("refused").GetString()!, message, StringComparison.Ordinal);
        Assert.Contains("Expected one frame", message, StringComparison.Ordinal);
        if (golden.TryGetProperty("tool", out var tool))
        {
            Assert.Contains($"`{tool.GetString()} IN OUT`", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_table_of_grey_levels_that_is_not_applied_is_said()
    {
        reader.Read(Path.Combine(Folder, "gray-table.dcm"), out var range);
        Assert.Equal("the full range, 0 to 4095 (the file's own table of grey levels, VOI LUT, is not applied)", range);
        reader.Read(Path.Combine(Folder, "mono1-window.dcm"), out range);
        Assert.Equal("the file's own window, 1100 to 2899", range);
    }

    [Theory]
    [InlineData("ct-explicit.dcm")]
    [InlineData("ct-implicit.dcm")]
    public void Data_without_the_files_beginning_are_named(string file)
    {
        var whole = File.ReadAllBytes(Path.Combine(Folder, file));
        foreach (var start in new[] { 132, whole.AsSpan().IndexOf((ReadOnlySpan<byte>)[8, 0, 0x16, 0]) })
        {
            var message = Assert.Throws<BadImageException>(() => reader.Inspect(whole[start..], file)).Message;
            Assert.Contains("DICOM data without the file's first 132 bytes (`dcmconv IN OUT`", message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Read))]
    public void A_file_cut_anywhere_is_refused(string file)
    {
        var whole = File.ReadAllBytes(Path.Combine(Folder, file));

        // Behind the pixels only an encapsulated picture has something, the end of its sequence.
        var needed = file.StartsWith("jpeg", StringComparison.Ordinal) ? whole.Length - 10 : whole.Length;
        for (var length = 0; length < needed; length++)
        {
            var cut = whole[..length];
            Assert.Throws<BadImageException>(() => reader.Decode(cut, reader.Inspect(cut, file), file));
        }
    }

    [Fact]
    public void A_given_window_is_in_the_files_units()
    {
        var file = Path.Combine(Folder, "ct-explicit.dcm");
        var bytes = File.ReadAllBytes(file);
        reader.Decode(bytes, reader.Inspect(bytes, file), file, out var samples);
        var stored = samples!;
        Assert.Equal((32768, 1.0, -1024.0, 0, 65535), (stored.Zero, stored.Slope, stored.Intercept, stored.Minimum, stored.Maximum));
        var bone = new ImageFileReader(depth: Depth.Window(300, 1500)).Read(file).Pixels;
        for (var i = 0; i < stored.Samples.Length; i++)
        {
            var hounsfield = stored.Samples[i] - 32768 - 1024;
            Assert.Equal((byte)Math.Clamp(Math.Floor(((hounsfield + 450) * 255 / 1500.0) + 0.5), 0, 255), bone[3 * i]);
        }

        Assert.NotEqual(bone, reader.Read(file).Pixels);
        Assert.Equal("I;16", reader.Inspect(file).Mode);
    }

    [Fact]
    public void Patients_become_numbers_and_no_id_is_kept()
    {
        string[] files = ["ct-explicit.dcm", "mono1-window.dcm", "ct-implicit.dcm", "gray-8.dcm"];
        Directory.CreateDirectory(Path.Combine(folder.Path, "a"));
        foreach (var file in files)
        {
            File.Copy(Path.Combine(Folder, file), Path.Combine(folder.Path, "a", file));
        }

        File.Copy(GoldenPictures.Named("rgb-8.png").FullPath, Path.Combine(folder.Path, "a", "x.png"));
        var dataset = Dataset([.. files, "x.png"]);
        var grouped = DicomGroups.Apply(dataset);
        Assert.Equal(["patient 1", "patient 2", "patient 1", "patient 1", null], grouped.Images.Select(image => image.Group));
        Assert.DoesNotContain("made-up", grouped.ToPlainText() + DataCard.Of(grouped).ToPlainText(), StringComparison.Ordinal);

        // One patient in all files stays one patient, whatever the series: a split must not tear a person apart.
        Assert.Equal(["patient 1", "patient 1", "patient 1"],
            DicomGroups.Apply(Dataset(files[0], files[2], files[3])).Images.Select(image => image.Group));

        ImageDataset Dataset(params string[] names) =>
            new("dicom", folder.Path, ["a"], [.. names.Select(name => new LabeledImage($"a/{name}", 0))]);
    }

    [Fact]
    public void Nested_sequences_without_end_are_refused()
    {
        // Explicit VR, then sequences of undefined length inside each other, deeper than any real file.
        var head = File.ReadAllBytes(Path.Combine(Folder, "gray-8.dcm"));
        var meta = head.AsSpan().IndexOf(Encoding.ASCII.GetBytes("1.2.840.10008.1.2.1")) + 20;
        byte[] level = [0x08, 0, 0x40, 0x11, (byte)'S', (byte)'Q', 0, 0, 255, 255, 255, 255, 0xFE, 0xFF, 0, 0xE0, 255, 255, 255, 255];
        byte[] bomb = [.. head[..meta], .. Enumerable.Repeat(level, 100_000).SelectMany(bytes => bytes)];
        Assert.Throws<BadImageException>(() => reader.Inspect(bomb, "bomb"));
    }

    private static string NameOf(JsonElement item) => item.GetProperty("file").GetString()!;

    private static JsonElement[] ReadPictures()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "expected.json")));
        return [.. document.RootElement.GetProperty("pictures").EnumerateArray().Select(item => item.Clone())];
    }
}
