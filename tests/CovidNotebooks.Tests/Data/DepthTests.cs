using CovidNotebooks.Audit;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Imaging;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Tests.Data;

public sealed class DepthTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>A ramp of 12 bits in a file of 16: by the full range it has 17 levels and a mean of 8.</summary>
    [Fact]
    public void Twelve_bits_in_sixteen_fill_the_grey_levels()
    {
        var path = Ramp("ramp.png", 4095);
        var levels = new ImageFileReader().Read(path).Pixels;
        Assert.Equal((0, 255, 256), (levels[0], levels[^1], levels.Distinct().Count()));
        Assert.InRange(levels.Average(level => (double)level), 127, 128);
        var dark = new ImageFileReader(depth: Depth.FullRange).Read(path).Pixels;
        Assert.Equal((16, 17), (dark.Max(), dark.Distinct().Count()));
        Assert.Equal(8.0, dark.Average(level => (double)level), 0.1);
    }

    [Theory]
    [InlineData(255, 8)]
    [InlineData(256, 10)]
    [InlineData(1023, 10)]
    [InlineData(4095, 12)]
    [InlineData(4096, 14)]
    [InlineData(16383, 14)]
    [InlineData(16384, 16)]
    [InlineData(65535, 16)]
    public void The_bits_used_are_the_fewest_usual_ones(int highest, int bits)
    {
        Assert.Equal(bits, Depth.BitsFor(highest));
        Assert.Equal(bits < 16, Depth.EndsEarly(highest));
        var (black, white, reason) = Depth.BitsUsed.RangeOf(new DeepImage(1, 1, 1, [(ushort)highest]));
        Assert.Equal((0, (1 << bits) - 1), (black, white));
        Assert.Contains($"{bits} of 16 bits", reason, StringComparison.Ordinal);
    }

    /// <summary>Hounsfield units in signed samples of 16 bits, as scanners store them: by the full range, 16 grey levels.</summary>
    [Theory]
    [InlineData(-1024, 3000, 14)]
    [InlineData(-1024, 2047, 12)]
    [InlineData(-2048, 0, 12)]
    [InlineData(-2049, 0, 14)]
    [InlineData(-32768, 5, 16)]
    public void Signed_values_use_the_fewest_bits_of_twos_complement(int lowest, int highest, int bits)
    {
        var image = new DeepImage(2, 1, 1, [(ushort)(lowest + 32768), (ushort)(highest + 32768)]) { Zero = 32768 };
        Assert.Equal((32768 - (1 << (bits - 1)), 32767 + (1 << (bits - 1)), $"{bits} of 16 bits are used"), Depth.BitsUsed.RangeOf(image));
        var file = FileDepth.Of(new ImageHeader(ImageFileFormat.Dicom, 2, 1, "I;16", 16, IsProgressive: false), image, "x", "a");
        Assert.Equal((bits < 16, bits < 16 ? $"{bits} of 16 bits" : "16 bits"), (file.EndsEarly, file.Name));
    }

    [Fact]
    public void A_file_that_states_its_maximum_is_read_by_it_and_the_card_says_that_it_is_dark()
    {
        var dark = new DeepImage(1, 1, 1, [500], 4095);
        Assert.Equal((0, 4095), (Depth.BitsUsed.RangeOf(dark).Black, Depth.BitsUsed.RangeOf(dark).White));
        FileDepth stated = new("a.dcm", "a", 12, 500, 4095), free = new("b.png", "a", 16, 500, 65535);
        Assert.Contains("They are read by the maximum that they state, and are dark;", new DepthSurvey([stated]).EarlySentence(1),
            StringComparison.Ordinal);
        Assert.Contains("1 are read by the maximum that they state, and are dark, the others by the bits that they use;",
            new DepthSurvey([stated, free]).EarlySentence(1), StringComparison.Ordinal);
        Assert.Contains("They are read by the bits that they use;", new DepthSurvey([free]).EarlySentence(1), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_rule_gives_its_own_range()
    {
        var image = new DeepImage(101, 1, 1, [.. Enumerable.Range(0, 101).Select(i => (ushort)(i * 10))]);
        Assert.Equal((0, 65535), Range(Depth.FullRange));
        Assert.Equal((0, 4095), Range(Depth.BitsStored(12)));

        // Nearest rank: 5 % of 101 is 5.05, so the sixth; 95 % is 95.95, so the 96th.
        Assert.Equal((50, 950), Range(Depth.Percentile(5, 95)));
        Assert.Equal((300, 700), Range(Depth.Window(500, 400)));
        Assert.Equal([0, 0, 128, 255, 255], new DeepImage(5, 1, 1, [0, 300, 500, 700, 1000]).ToLevels(300, 700).Pixels);

        // A file that states its maximum needs no guess.
        Assert.Equal((0, 1000),
            (Depth.BitsUsed.RangeOf(new DeepImage(1, 1, 1, [3], 1000)).Black,
            Depth.BitsUsed.RangeOf(new DeepImage(1, 1, 1, [3], 1000)).White));

        // One value only is black, and divides by nothing.
        var (black, white, _) = Depth.Percentile().RangeOf(new DeepImage(2, 1, 1, [7, 7]));
        Assert.Equal([0, 0], new DeepImage(2, 1, 1, [7, 7]).ToLevels(black, white).Pixels);

        (double, double) Range(Depth depth) => (depth.RangeOf(image).Black, depth.RangeOf(image).White);
    }

    [Fact]
    public void Impossible_rules_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Depth.BitsStored(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Depth.BitsStored(17));
        Assert.Throws<ArgumentOutOfRangeException>(() => Depth.Percentile(50, 50));
        Assert.Throws<ArgumentOutOfRangeException>(() => Depth.Percentile(-1, 50));
        Assert.Throws<ArgumentOutOfRangeException>(() => Depth.Percentile(1, 100.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Depth.Window(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Depth.Window(double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeepImage(1, 1, 1, [1]).ToLevels(5, 4));
        Assert.Throws<ArgumentException>(() => new DeepImage(2, 1, 1, [1]));
    }

    [Fact]
    public void Eight_bits_are_not_touched_by_any_rule()
    {
        var golden = GoldenPictures.Named("gray-8.png");
        Assert.Equal(golden.Rgb, new ImageFileReader(depth: Depth.Window(100, 10)).Read(golden.FullPath).Pixels);
    }

    [Fact]
    public void The_card_and_the_loader_name_files_that_end_early_and_the_audit_flags_the_class()
    {
        foreach (var (folder, highest) in new[] { ("covid", 4095), ("normal", 65535) })
        {
            Directory.CreateDirectory(Path.Combine(this.folder.Path, "train", folder));
            for (var i = 0; i < 3; i++)
            {
                Ramp(Path.Combine("train", folder, $"{i}.png"), highest - i);
            }
        }

        var dataset = ImageDataset.FromFolders(Path.Combine(folder.Path, "train"));
        var card = DataCard.Of(dataset);
        Assert.Equal(["covid/0.png", "covid/1.png", "covid/2.png"], card.Depths.EndingEarly.Select(file => file.Path));
        var text = card.ToPlainText();
        Assert.Contains("3 files of 16 bits hold no value above a quarter of their range (12 of 16 bits: 3)", text,
            StringComparison.Ordinal);
        Assert.Contains("covid/0.png, covid/1.png, covid/2.png", text, StringComparison.Ordinal);
        Assert.Contains("12 of 16 bits in 100 % of covid, 0 % of normal", text, StringComparison.Ordinal);

        var flag = Assert.Single(DataAudit.Of(new DatasetSplit("deep", [("train", dataset)]),
            new DataAuditOptions { SearchNearDuplicates = false }).Flags, item => item.Contains("depth", StringComparison.Ordinal));
        Assert.Contains("The depth of the files tells the class", flag, StringComparison.Ordinal);

        using var loader = new ImageLoader(dataset, new LoaderOptions { Width = 8, Height = 8 });
        foreach (var batch in loader.Epoch(0))
        {
            batch.Dispose();
        }

        Assert.Equal([("12 of 16 bits are used", 3), ("16 of 16 bits are used", 3)], loader.Report.Ranges);
        Assert.Contains("different scales", loader.Report.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_check_of_a_set_names_files_that_end_early()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "xray-25", "covid"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "xray-25", "normal"));
        Ramp(Path.Combine("xray-25", "covid", "dark.png"), 4095);
        Ramp(Path.Combine("xray-25", "normal", "full.png"), 65535);
        var check = DatasetCheck.Run(new DataFolder(folder.Path, "a test"), Datasets.Xray25);
        Assert.Equal(["covid/dark.png"], check.EndingEarly.Select(file => file.Path));
        Assert.Contains(
            "values end below a quarter of their 16 bits: covid/dark.png (12 of 16 bits used, highest value 4,095)",
            check.ToPlainText(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_depth_flags_a_class_only_where_it_tells_it()
    {
        Assert.Null(new DepthSurvey([]).ClassFlag);
        Assert.Null(Survey(("a", 8), ("b", 8)).ClassFlag);
        Assert.Null(Survey(("a", 16), ("b", 16)).ClassFlag);
        Assert.Contains("16 bits in 0 % of a, 100 % of b", Survey(("a", 8), ("b", 16)).ClassFlag, StringComparison.Ordinal);
        Assert.Null(Survey(("a", 8), ("a", 8), ("a", 16), ("b", 8), ("b", 16)).ClassFlag);

        // 10 of 40 + 40 are all of one class by chance with 2 (40 choose 10)/(80 choose 10) = .00103; 11 with .00044.
        Assert.Null(Survey([.. Enumerable.Repeat(("a", 8), 40), .. Enumerable.Repeat(("b", 8), 30), .. Enumerable.Repeat(("b", 16), 10)])
            .ClassFlag);
        Assert.StartsWith("The depth of the files tells a part of the class: all 11 files of 16 bits are of b (28 % of it).", Survey(
            [.. Enumerable.Repeat(("a", 8), 40), .. Enumerable.Repeat(("b", 8), 29), .. Enumerable.Repeat(("b", 16), 11)]).ClassFlag,
            StringComparison.Ordinal);

        static DepthSurvey Survey(params (string Class, int Bits)[] files) =>
            new(files.Select((file, i) =>
                new FileDepth($"{i}", file.Class, file.Bits, file.Bits == 16 ? 60000 : null, file.Bits == 16 ? 65535 : 255)));
    }

    /// <summary>64 × 64 pixels from 0 to a highest value, in row order.</summary>
    private string Ramp(string name, int highest)
    {
        using var image = Image.LoadPixelData<L16>([.. Enumerable.Range(0, 4096).Select(i => new L16((ushort)(i * highest / 4095)))],
            64, 64);
        var path = Path.Combine(folder.Path, name);
        image.SaveAsPng(path);
        return path;
    }
}
