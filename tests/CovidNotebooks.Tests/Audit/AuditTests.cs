using CovidNotebooks.Audit;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Imaging;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using Tests.Data;
using Tests.Shared;

namespace Tests.Audit;

public class AuditTests
{
    [Fact]
    public void Equal_files_shared_patients_and_conflicting_labels_are_found()
    {
        using var folder = new TemporaryFolder();
        foreach (
            var (path, seed) in new[]
            {
                ("train/A/1.png", 1),
                ("train/A/2.png", 1),
                ("train/B/3.png", 2),
                ("test/A/4.png", 3),
                ("test/B/5.png", 3),
                ("test/B/6.png", 2),
            })
        {
            Write(Path.Combine(folder.Path, path), seed);
        }

        DatasetSplit split = new(
            "made",
            [
                ("train", Part("train", ("A/1.png", 0, "p"), ("A/2.png", 0, "p"), ("B/3.png", 1, "q"))),
                ("test", Part("test", ("A/4.png", 0, "r"), ("B/5.png", 1, "r"), ("B/6.png", 1, "q"))),
            ]);
        var audit = LeakageAudit.Of(split, searchNearDuplicates: true);
        Assert.Equal(["train/B/3.png", "test/B/6.png"], Assert.Single(audit.ExactDuplicatesAcross).Select(image => image.Path));
        Assert.Equal(2, audit.ExactDuplicatesWithin.Count);
        Assert.Equal(2, audit.RedundantFiles);
        Assert.Equal(["test/A/4.png", "test/B/5.png"], Assert.Single(audit.ConflictingDuplicates).Select(image => image.Path));
        Assert.Equal("q", Assert.Single(audit.SharedGroups).Name);
        Assert.Equal("test/B/6.png", Assert.Single(audit.NearDuplicatesAcross).Second.Path);
        Assert.Equal(
            ["train/A/1.png train/A/2.png", "test/A/4.png test/B/5.png"],
            audit.NearDuplicatesWithin.OrderByDescending(pair => pair.First.Split, StringComparer.Ordinal)
                .Select(pair => $"{pair.First.Path} {pair.Second.Path}"));
        Assert.Equal("test/B/5.png", Assert.Single(audit.ConflictingNearDuplicates).Second.Path);
        Assert.False(audit.IsClean);
        Assert.Contains("may be partly memory", audit.ToPlainText(), StringComparison.Ordinal);

        ImageDataset Part(string name, params (string Path, int Label, string Group)[] rows) =>
            new(name, folder.Path, ["A", "B"], [.. rows.Select(row => new LabeledImage($"{name}/{row.Path}", row.Label, row.Group))]);
    }

    [Fact]
    public void A_crop_is_found_in_the_other_part_when_both_are_of_one_group()
    {
        using var folder = new TemporaryFolder();
        Save(Blurred(1), "train/A/whole.png");
        Save(ImageResizer.Resize(Blurred(1).Crop(20, 10, 160, 170), 190, 140, Interpolation.PilBilinear), "test/A/crop.png");
        Save(Blurred(2), "test/A/other.png");

        var audit = LeakageAudit.Of(Split("p"), searchNearDuplicates: true);
        Assert.Empty(audit.NearDuplicatesAcross);
        var copy = Assert.Single(audit.CopiesAcross);
        Assert.Equal(("train/A/whole.png", "test/A/crop.png"), (copy.First.Path, copy.Second.Path));
        Assert.InRange(copy.Correlation, 0.975, 1);
        Assert.Contains("train/A/whole.png [train, A] and test/A/crop.png [test, A] (r = ", audit.ToPlainText(), StringComparison.Ordinal);

        // Images of unknown groups are not laid over each other, and the audit does not claim to have found nothing.
        var unknown = LeakageAudit.Of(Split(null), searchNearDuplicates: true);
        Assert.Empty(unknown.CopiesAcross);
        Assert.Equal(AuditState.NotKnown, unknown.State);
        Assert.Contains("groups unknown for 3 images", unknown.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("Never searched for: crops between groups", unknown.ToPlainText(), StringComparison.Ordinal);

        DatasetSplit Split(string? group) => new("made", [Part("train", group, "whole"), Part("test", group, "crop", "other")]);
        (string Name, ImageDataset Dataset) Part(string name, string? group, params string[] images) =>
            (
                name,
                new ImageDataset(
                    name, folder.Path, ["A"], [.. images.Select(image => new LabeledImage($"{name}/A/{image}.png", 0, group))]));
        static PixelImage Blurred(int seed) => ImageResizer.Resize(ResizeTests.Noise(9, 9, 1, seed), 200, 200, Interpolation.PilBilinear);
        void Save(PixelImage picture, string path)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder.Path, path))!);
            using var image = Image.LoadPixelData<L8>(picture.Pixels, picture.Width, picture.Height);
            image.SaveAsPng(Path.Combine(folder.Path, path));
        }
    }

    [Theory]
    [InlineData("a a b b", true, 2)]
    [InlineData("a b b a", false, 2)]
    [InlineData("a c b b", true, 1)]
    [InlineData("a a - -", false, 1)]
    [InlineData("a - b -", true, 0)]
    public void Sources_in_two_parts_are_counted_and_it_is_said_when_they_tell_the_class(string sources, bool tells, int across)
    {
        using var folder = new TemporaryFolder();
        var names = sources.Split(' ').Select(name => name == "-" ? null : name).ToArray();
        DatasetSplit split = new("made", [Part("train", 0, 2), Part("test", 1, 3)]);
        var audit = LeakageAudit.Of(split);
        Assert.Equal(tells, audit.SourceTellsClass);
        Assert.Equal(across, audit.SourcesAcross.Count);
        Assert.All(audit.SourcesAcross, source => Assert.Equal([("train", 1), ("test", 1)], source.Parts));
        Assert.Equal(AuditState.NotKnown, audit.State);
        Assert.Matches(
            tells ? "classes that the source alone tells +2 +A: a" : "found nothing: .*classes that the source alone tells",
            audit.ToPlainText());

        (string Name, ImageDataset Dataset) Part(string name, int ofA, int ofB) =>
            (
                name,
                new ImageDataset(
                    name,
                    folder.Path,
                    ["A", "B"],
                    [new LabeledImage($"{name}/A.png", 0, Source: names[ofA]), new LabeledImage($"{name}/B.png", 1, Source: names[ofB])]));
    }

    [Fact]
    public void Without_sources_the_audit_does_not_speak_of_them()
    {
        var images = new ImageDataset("made", Path.GetTempPath(), ["A", "B"], [new LabeledImage("A.png", 0), new LabeledImage("B.png", 1)]);
        var audit = LeakageAudit.Of(new DatasetSplit("made", [("train", images)]));
        Assert.False(audit.SourceTellsClass);
        Assert.DoesNotContain("source", audit.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_images_of_one_group_in_two_parts_are_not_laid_over_each_other()
    {
        Assert.True(Audit(2000).SearchedCopies);
        var tooMany = Audit(2001);
        Assert.False(tooMany.SearchedCopies);
        Assert.Matches("cut out of one picture +not known +not searched for: too many images of one group", tooMany.ToPlainText());

        // The files need not be there: those that cannot be read are not compared.
        static LeakageAudit Audit(int images) =>
            LeakageAudit.Of(new DatasetSplit("made", [Part("train", 1), Part("test", images)]), searchNearDuplicates: true);
        static (string Name, ImageDataset Dataset) Part(string name, int count) =>
            (
                name,
                new ImageDataset(
                    name,
                    Path.Combine(Path.GetTempPath(), "no such folder"),
                    ["A"],
                    [.. Enumerable.Range(0, count).Select(i => new LabeledImage($"{name}/{i}.png", 0, "p"))]));
    }

    [Fact]
    public void A_check_says_what_is_missing_broken_and_doubled()
    {
        using var folder = new TemporaryFolder();
        var info = Datasets.Xray25;
        for (var i = 0; i < 25; i++)
        {
            Write(Path.Combine(folder.Path, "xray-25", "covid", $"{i}.png"), i / 2);
            Write(Path.Combine(folder.Path, "xray-25", "normal", $"{i}.png"), 100 + i);
        }

        File.Delete(Path.Combine(folder.Path, "xray-25", "normal", "24.png"));
        File.WriteAllText(Path.Combine(folder.Path, "xray-25", "normal", "3.png"), "text");
        File.Move(Path.Combine(folder.Path, "xray-25", "normal", "4.png"), Path.Combine(folder.Path, "xray-25", "normal", "4.jpg"));
        var check = DatasetCheck.Run(new DataFolder(folder.Path, "a test"), info);
        Assert.False(check.Ok);
        Assert.Equal([("covid", 25, 25), ("normal", 25, 24)], check.Counts.Select(count => (count.ClassName, count.Expected, count.Found)));
        Assert.Equal("normal/3.png", Assert.Single(check.Broken).Path);
        Assert.Equal(12, check.Duplicates.Count);
        Assert.Equal(1, check.Misnamed);
        Assert.Contains("1 missing", check.ToPlainText(), StringComparison.Ordinal);
        var absent = DatasetCheck.Run(new DataFolder(folder.Path, "a test"), Datasets.CovidCt);
        Assert.False(absent.Ok);
        Assert.Contains("not in the data folder", absent.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_of_lists_names_every_missing_file_and_looks_at_the_others_all_the_same()
    {
        using var folder = new TemporaryFolder();
        var root = Path.Combine(folder.Path, "covid-ct");
        var info = Datasets.CovidCt with
        {
            Splits = new Dictionary<string, IReadOnlyDictionary<string, int>>(StringComparer.Ordinal)
            {
                ["train"] = new Dictionary<string, int>(StringComparer.Ordinal) { ["CT_COVID"] = 3, ["CT_NonCOVID"] = 2 },
            },
        };
        foreach (
            var (list, names) in new[]
            {
                ("COVID/trainCT_COVID.txt", "a%0.png gone.png Upper.png"),
                ("NonCOVID/trainCT_NonCOVID.txt", "d.png broken.png"),
            })
        {
            Directory.CreateDirectory(Path.Combine(root, "Data-split", Path.GetDirectoryName(list)!));
            File.WriteAllLines(Path.Combine(root, "Data-split", list), names.Split(' '));
        }

        Write(Path.Combine(root, "CT_COVID", "a%0.png"), 1);
        Write(Path.Combine(root, "CT_COVID", "upper.png"), 2);
        Write(Path.Combine(root, "CT_NonCOVID", "d.png"), 1);
        File.WriteAllText(Path.Combine(root, "CT_NonCOVID", "broken.png"), "text");

        var data = new DataFolder(folder.Path, "a test");
        var check = DatasetCheck.Run(data, info);
        Assert.False(check.Ok);
        Assert.Null(check.Problem);
        Assert.Equal(["CT_COVID/Upper.png", "CT_COVID/gone.png"], check.Missing);
        Assert.Equal(["CT_COVID/upper.png"], check.Unlisted);
        Assert.Equal(
            [("CT_COVID", 3, 1), ("CT_NonCOVID", 2, 2)], check.Counts.Select(count => (count.ClassName, count.Expected, count.Found)));
        Assert.Equal("CT_NonCOVID/broken.png", Assert.Single(check.Broken).Path);
        var text = check.ToPlainText();
        Assert.Contains("missing, by name: CT_COVID/gone.png", text, StringComparison.Ordinal);
        Assert.Contains("equal files: CT_COVID/a%0.png = CT_NonCOVID/d.png", text, StringComparison.Ordinal);
        Assert.Contains("there, but named nowhere: CT_COVID/upper.png", text, StringComparison.Ordinal);
        Assert.Contains(
            "2 named files are missing; 1 is there and named nowhere; 1 file cannot be read; 1 group of equal files (1 redundant); 0 "
                + "files are of another format",
            text,
            StringComparison.Ordinal);

        // Reading the set for an experiment stays an error, which names all of them.
        var error = Assert.Throws<DataException>(() => data.Open(info)).Message;
        Assert.Contains("name 2 files that are not in", error, StringComparison.Ordinal);
        Assert.Contains("CT_COVID/gone.png, CT_COVID/Upper.png", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_names_twenty_of_a_kind_and_counts_the_rest()
    {
        using var folder = new TemporaryFolder();
        for (var i = 0; i < 25; i++)
        {
            Write(Path.Combine(folder.Path, "xray-25", "covid", $"{i}.png"), i);
            Write(Path.Combine(folder.Path, "xray-25", "normal", $"{i}.png"), i);
        }

        // Complete by its counts; that none of the catalogue's 25 names is there is told all the same.
        var check = DatasetCheck.Run(new DataFolder(folder.Path, "a test"), Datasets.Xray25);
        Assert.True(check.Ok);
        Assert.Equal(Datasets.Xray25.Patients.Keys.Order(StringComparer.Ordinal), check.Missing);
        Assert.Equal((25, 25), (check.Unlisted.Count, check.Duplicates.Count));
        var text = check.ToPlainText();
        Assert.Equal(20, text.Split("equal files: covid/").Length - 1);
        Assert.Contains("equal files: and 5 more", text, StringComparison.Ordinal);
        Assert.Contains("missing, by name: and 5 more", text, StringComparison.Ordinal);

        foreach (var file in Directory.GetFiles(Path.Combine(folder.Path, "xray-25", "normal")))
        {
            File.WriteAllText(file, $"text {file}");
        }

        Assert.Contains(
            "cannot be read: and 5 more",
            DatasetCheck.Run(new DataFolder(folder.Path, "a test"), Datasets.Xray25).ToPlainText(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_data_card_shows_sizes_formats_and_bad_files_by_class()
    {
        using var folder = new TemporaryFolder();
        Write(Path.Combine(folder.Path, "a", "1.png"), 1);
        Write(Path.Combine(folder.Path, "b", "2.png"), 2);
        File.WriteAllBytes(Path.Combine(folder.Path, "b", "3.png"), []);
        var card = DataCard.Of(ImageDataset.FromFolders(folder.Path));
        Assert.Equal("b/3.png", Assert.Single(card.BadFiles).Path);
        Assert.Contains("all 20", card.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("all PNG", card.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("0 bytes", card.ToPlainText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 40, 7, 13, 10 }, "7 / 11.5 / 40")]
    [InlineData(new[] { 40, 7, 14, 10 }, "7 / 12 / 40")]
    [InlineData(new[] { 40, 7, 13 }, "7 / 13 / 40")]
    public void The_median_of_an_even_number_of_sizes_is_the_mean_of_the_two_in_the_middle(int[] widths, string expected)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "a"));
        for (var i = 0; i < widths.Length; i++)
        {
            using var image = Image.LoadPixelData<L8>(new byte[widths[i] * 20], widths[i], 20);
            image.SaveAsPng(Path.Combine(folder.Path, "a", $"{i}.png"));
        }

        Assert.Contains($" {expected} ", DataCard.Of(ImageDataset.FromFolders(folder.Path)).ToPlainText(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void The_real_pneumonia_set_is_complete_and_its_known_duplicates_are_found()
    {
        var opened = Open("chest-xray-pneumonia");
        var audit = LeakageAudit.Of(opened.Splits);
        Assert.Empty(audit.ExactDuplicatesAcross);
        Assert.Equal(30, audit.ExactDuplicatesWithin.Count);
        Assert.Equal(32, audit.RedundantFiles);
        Assert.Empty(audit.SharedGroups);
        Assert.True(DatasetCheck.Run(new DataFolder(Repository.RealData!, "a test"), opened.Info, decode: false).Ok);
    }

    [SkippableFact]
    public void Files_of_COVID_CT_whose_names_lie_are_counted() =>
        Assert.Equal(34, DatasetCheck.Run(new DataFolder(Folder(), "a test"), Open("covid-ct").Info, decode: false).Misnamed);

    [SkippableTheory]
    [InlineData("covid-ct")]
    [InlineData("xray-25")]
    [InlineData("covid-xray")]
    public void Of_the_real_sets_every_named_file_is_there_and_no_other(string name)
    {
        var check = DatasetCheck.Run(new DataFolder(Folder(), "a test"), Open(name).Info, decode: false);
        Assert.True(check.Ok);
        Assert.Empty(check.Missing);
        Assert.Empty(check.Unlisted);
    }

    private static string Folder()
    {
        Skip.If(Repository.RealData is null, "The image sets are not here.");
        return Repository.RealData!;
    }

    private static OpenedDataset Open(string name)
    {
        var folder = new DataFolder(Folder(), "a test");
        Skip.If(folder.Find(Datasets.Get(name)) is null, $"{name} is not here.");
        return folder.Open(Datasets.Get(name));
    }

    private static void Write(string path, int seed)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var image = Image.LoadPixelData<L8>(ResizeTests.Noise(20, 20, 1, seed).Pixels, 20, 20);
        image.SaveAsPng(path);
    }
}
