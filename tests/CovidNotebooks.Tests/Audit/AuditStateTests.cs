using CovidNotebooks.Audit;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Imaging;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;
using Tests.Data;
using Tests.Shared;

namespace Tests.Audit;

/// <summary>An audit says clean only of what it looked at.</summary>
public sealed class AuditStateTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>
    /// Three patients in train, val and test, in a table with one or the other separator: the audit finds them either way.
    /// </summary>
    [Theory]
    [InlineData('/')]
    [InlineData('\\')]
    public void Patients_in_several_parts_are_found_whatever_wrote_the_table(char separator)
    {
        var audit = LeakageAudit.Of(CovidXray(row => row.Replace('/', separator)).Splits, searchNearDuplicates: true);
        Assert.Equal(3, audit.GroupsAcross.Count);
        Assert.Equal(AuditState.Found, audit.State);
        Assert.True(audit.SourceTellsClass);
    }

    [Fact]
    public void A_table_of_another_set_is_an_error_when_the_set_is_opened() =>
        Assert.Contains(
            "names none of the 18 images",
            Assert.Throws<DataException>(() => CovidXray(row => $"other/{row}")).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(1_000, "Every group and pair that crosses the splits (1000)")]
    [InlineData(1_001, "The first 1000 of 1001 groups and pairs that cross the splits")]
    public void A_long_list_of_what_crosses_says_how_much_it_leaves_out(int patients, string summary)
    {
        ImageDataset Part(string name) =>
            new("made", folder.Path, ["A"], [.. Enumerable.Range(0, patients).Select(i => new LabeledImage($"{name}/{i}.png", 0, $"{i}"))]);
        var audit = LeakageAudit.Of(new DatasetSplit("made", [("train", Part("train")), ("test", Part("test"))]));

        Assert.Equal(patients, audit.CrossingTable().Rows.Count);
        Assert.Contains(summary, audit.ToPlainText(), StringComparison.Ordinal);
        Assert.DoesNotContain("group 1000 ", audit.ToPlainText(), StringComparison.Ordinal);
        Assert.Equal(patients > 1_000, audit.ToPlainText().Contains("CrossingTable() has all 1001", StringComparison.Ordinal));
        Assert.True(audit.Crosses("unlisted.png", "999"));
        Assert.False(audit.Crosses("train/999.png", null));
    }

    /// <summary>A placeholder that stands for thousands of images is one finding, and ends neither in minutes nor in gigabytes.</summary>
    [LongFact]
    public void One_picture_in_three_thousand_files_ends_the_search_and_the_audit_says_so()
    {
        Write("train/A/0.png", Picture(1));
        foreach (var i in Enumerable.Range(1, 2_999))
        {
            File.Copy(Path.Combine(folder.Path, "train/A/0.png"), Path.Combine(folder.Path, $"train/A/{i}.png"));
        }

        Write("test/A/1.png", Picture(2));
        var split = Split([.. Enumerable.Range(0, 3_000).Select(i => ($"train/A/{i}.png", $"p{i}")), ("test/A/1.png", "q")]);
        var audit = LeakageAudit.Of(split, searchNearDuplicates: true);

        Assert.Contains("the search ended when it had found 4,000,000 pairs", audit.EndedSearch, StringComparison.Ordinal);
        Assert.Equal(AuditState.NotKnown, audit.State);
        Assert.Equal(2_999, audit.RedundantFiles);

        // A count of some is not recorded as if it were one of all.
        var whole = DataAudit.Of(split);
        Assert.DoesNotContain("audit.near_across", whole.ToResults().Keys);
        Assert.Contains(
            whole.NotSearched,
            sentence => sentence.StartsWith("Pictures that look alike were searched for in part", StringComparison.Ordinal));
    }

    [Fact]
    public void Unknown_groups_are_counted_and_nothing_is_called_clean()
    {
        var splits = CovidXray(
            row =>
                row.StartsWith("test", StringComparison.Ordinal) ? row[..row.LastIndexOf(',')] + ","
                : row.Replace("patient", row[..5], StringComparison.Ordinal)).Splits;
        Assert.Contains("Groups unknown for 6 images.", splits.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("6 rows have no group", splits.ToPlainText(), StringComparison.Ordinal);
        var audit = LeakageAudit.Of(splits, searchNearDuplicates: true);
        Assert.Equal((AuditState.NotKnown, false, 6), (audit.State, audit.IsClean, audit.GroupsUnknown));
        Assert.Contains("whether the splits are clean is not known", audit.ToPlainText(), StringComparison.Ordinal);
        var whole = DataAudit.Of(splits);
        Assert.Contains(whole.NotSearched, sentence => sentence.StartsWith("Groups unknown for 6 images", StringComparison.Ordinal));
        Assert.Equal(6, whole.ToResults()["audit.groups_unknown"]);
    }

    [Fact]
    public void What_was_not_searched_is_not_known_and_what_is_whole_and_disjoint_is_clean()
    {
        Write("train/A/1.png", Picture(1));
        Write("test/A/2.png", Picture(2));
        var split = Split(("train/A/1.png", "p"), ("test/A/2.png", "q"));
        Assert.Equal(AuditState.NotKnown, LeakageAudit.Of(split).State);
        Assert.Equal(AuditState.Clean, LeakageAudit.Of(split, searchNearDuplicates: true).State);

        File.WriteAllText(Path.Combine(folder.Path, "test/A/2.png"), "text");
        var broken = LeakageAudit.Of(split, searchNearDuplicates: true);
        Assert.Equal(AuditState.NotKnown, broken.State);
        Assert.Equal("test/A/2.png", Assert.Single(broken.Unreadable).Path);
    }

    /// <summary>What was found weighs more than what could not be looked at.</summary>
    [Theory]
    [InlineData(0, false, AuditState.Clean)]
    [InlineData(0, true, AuditState.NotKnown)]
    [InlineData(2, false, AuditState.Found)]
    [InlineData(2, true, AuditState.Found)]
    public void The_state_is_decided_from_counts_alone(int count, bool unknown, AuditState expected)
    {
        var check = AuditCheck.Of("a question", count, "an example", unknown ? "a reason" : null);
        Assert.Equal(expected, check.State);
        Assert.Equal(expected, AuditCheck.Overall([check, AuditCheck.Of("another", 0, null)]));
    }

    [Theory]
    [InlineData("negative", PictureTurn.Upright, true)]
    [InlineData("mirrored", PictureTurn.Mirrored, false)]
    [InlineData("upside down", PictureTurn.UpsideDown, false)]
    [InlineData("half turn", PictureTurn.HalfTurn, false)]
    [InlineData("clockwise", PictureTurn.Clockwise, false)]
    [InlineData("anticlockwise", PictureTurn.Anticlockwise, false)]
    [InlineData("mirrored negative", PictureTurn.Mirrored, true)]
    public void Negatives_mirrored_and_turned_copies_are_found(string how, PictureTurn turn, bool negative)
    {
        Write("train/A/1.png", Picture(1));
        Write("train/A/2.png", Picture(2));
        Write("test/A/3.png", Picture(1), how);
        var split = Split(("train/A/1.png", "p"), ("train/A/2.png", "q"), ("test/A/3.png", "r"));
        var audit = LeakageAudit.Of(split, searchNearDuplicates: true);
        Assert.Empty(audit.NearDuplicatesAcross);
        var pair = Assert.Single(audit.AlteredAcross);
        Assert.Equal(
            ("train/A/1.png", "test/A/3.png", turn, negative), (pair.First.Path, pair.Second.Path, pair.Turn, pair.Correlation < 0));
        Assert.Equal(AuditState.Found, audit.State);
        Assert.Contains(DataAudit.Of(split).Flags, flag => flag.Contains("negative, mirrored or turned", StringComparison.Ordinal));
    }

    [Fact]
    public void A_copy_that_was_compressed_hard_is_a_near_duplicate()
    {
        Write("train/A/1.png", Picture(1));
        Write("test/A/2.jpg", Picture(1), "compressed");
        var audit = LeakageAudit.Of(Split(("train/A/1.png", "p"), ("test/A/2.jpg", "q")), searchNearDuplicates: true);
        Assert.Empty(audit.ExactDuplicatesAcross);
        Assert.Equal(PictureTurn.Upright, Assert.Single(audit.NearDuplicatesAcross).Turn);
    }

    [Fact]
    public void Each_file_is_opened_once_for_card_audit_probes_and_check()
    {
        Write("A/1.png", Picture(1));
        Write("B/2.png", Picture(2));
        var dataset = ImageDataset.FromFolders(folder.Path).Select(image => image with { Group = image.Path });
        var scanner = new FileScanner();
        scanner.Scan(dataset, ScanDepth.Headers);
        Assert.Equal(2, scanner.Opened);
        var pictures = scanner.Scan(dataset, ScanDepth.Pictures);
        Assert.Equal(4, scanner.Opened);
        Assert.All(pictures, file => Assert.NotNull(file.Thumbnail));
        Assert.All(scanner.Scan(dataset, ScanDepth.Headers), file => Assert.Null(file.Thumbnail));
        Assert.Equal(4, scanner.Opened);

        // A file that changes is another file.
        File.WriteAllText(Path.Combine(folder.Path, "A/1.png"), "text");
        Assert.NotNull(scanner.Scan(dataset, ScanDepth.Pictures)[0].Problem);
        Assert.Equal(5, scanner.Opened);

        // Card, audit and probes ask one scanner: after the card, files that were exchanged behind its back (same length, same time) are
        // not opened again.
        Write("A/1.png", Picture(3));
        Assert.Empty(DataCard.Of(dataset).BadFiles);
        foreach (var file in dataset.Images.Select(dataset.FullPath))
        {
            var time = File.GetLastWriteTimeUtc(file);
            File.WriteAllBytes(file, new byte[new FileInfo(file).Length]);
            File.SetLastWriteTimeUtc(file, time);
        }

        var (a, b) = (dataset.Where(image => image.Label == 0), dataset.Where(image => image.Label == 1));
        Assert.Empty(LeakageAudit.Of(new DatasetSplit("made", [("train", a), ("test", b)]), searchNearDuplicates: true).Unreadable);
        Assert.Equal(2, ShortcutProbe.Thumbnail(dataset, dataset).Predictions.Count);
        Assert.Equal(2, ShortcutProbe.Header(dataset, dataset).Predictions.Count);
        Assert.Empty(DataCard.Of(dataset).BadFiles);
    }

    private OpenedDataset CovidXray(Func<string, string> rewritten)
    {
        var rows = new List<string> { "path,label,source,split,group" };
        foreach (var part in (string[])["train", "val", "test"])
        {
            foreach (var name in (string[])["Covid", "Normal"])
            {
                for (var i = 0; i < 3; i++)
                {
                    Write($"covid-xray-224/{part}/{name}/im{i}.png", Picture(rows.Count));
                    rows.Add(rewritten($"{part}/{name}/im{i}.png,{name},src-{name},{part},patient{i}"));
                }
            }
        }

        File.WriteAllLines(Path.Combine(folder.Path, "covid-xray-224", "split.csv"), rows);
        return new DataFolder(folder.Path, "a test").Open(Datasets.CovidXray);
    }

    private DatasetSplit Split(params (string Path, string Group)[] images) => new(
        "made",
        [.. images.GroupBy(image => image.Path.Split('/')[0], StringComparer.Ordinal).Select(part =>
            (
                part.Key,
                new ImageDataset(
                    part.Key, folder.Path, ["A", "B"], [.. part.Select(image => new LabeledImage(image.Path, 0, image.Group))])))]);

    private static PixelImage Picture(int seed) => ImageResizer.Resize(ResizeTests.Noise(9, 9, 1, seed), 80, 80, Interpolation.PilBilinear);

    private void Write(string path, PixelImage picture, string how = "")
    {
        var file = Path.Combine(folder.Path, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using var image = Image.LoadPixelData<L8>(picture.Pixels, picture.Width, picture.Height);
        image.Mutate(context => _ = how switch
        {
            "negative" => context.Invert(),
            "mirrored" => context.Flip(FlipMode.Horizontal),
            "upside down" => context.Flip(FlipMode.Vertical),
            "half turn" => context.Rotate(RotateMode.Rotate180),
            "clockwise" => context.Rotate(RotateMode.Rotate90),
            "anticlockwise" => context.Rotate(RotateMode.Rotate270),
            "mirrored negative" => context.Flip(FlipMode.Horizontal).Invert(),
            _ => context,
        });
        if (how == "compressed")
        {
            image.SaveAsJpeg(file, new SixLabors.ImageSharp.Formats.Jpeg.JpegEncoder { Quality = 20 });
        }
        else
        {
            image.SaveAsPng(file);
        }
    }
}
