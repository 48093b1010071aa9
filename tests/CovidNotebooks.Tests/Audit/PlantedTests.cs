using CovidNotebooks.Audit;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Imaging;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using Tests.Data;
using Tests.Shared;
using Xunit.Abstractions;

namespace Tests.Audit;

/// <summary>Planted defects, and the audit graded by them.</summary>
public sealed class PlantedTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(PlantedKind.Leak, 4)]
    [InlineData(PlantedKind.Negative, 4)]
    [InlineData(PlantedKind.PatientOnBothSides, 4)]
    [InlineData(PlantedKind.Marker, 6)]
    [InlineData(PlantedKind.SixteenBitClass, 6)]
    [InlineData(PlantedKind.FlippedLabels, 12)]
    public void A_dose_is_planted_and_no_more(PlantedKind kind, int count)
    {
        var clean = Clean(1, perClass: 20, testPerClass: 10);
        var planted = new Planted(kind, .2, 5).In(clean, Path.Combine(folder.Path, "planted"));
        Assert.Equal(count, planted.Planted.Count);
        var added = kind is PlantedKind.Leak or PlantedKind.Negative or PlantedKind.PatientOnBothSides ? count : 0;
        Assert.Equal((40 + added, 20), (planted.Split["train"].Count, planted.Split["test"].Count));
        var again = new Planted(kind, .2, 5).In(clean, Path.Combine(folder.Path, "again"));
        Assert.Equal(planted.Planted.Select(Path.GetFileName), again.Planted.Select(Path.GetFileName));
        Assert.All(
            planted.Split.Parts.SelectMany(part => part.Dataset.Images.Select(part.Dataset.FullPath)),
            file => Assert.True(File.Exists(file), file));

        // The set itself is untouched.
        var audit = LeakageAudit.Of(clean, searchNearDuplicates: true);
        Assert.True(audit.IsClean, audit.ToPlainText());
    }

    [Fact]
    public void What_is_planted_is_what_it_says()
    {
        var clean = Clean(2, 12, 6);
        var reader = new ImageFileReader();
        var sixteen = Planted.SixteenBitClass(1).In(clean, Path.Combine(folder.Path, "16"));
        var first = sixteen.Split["train"].FullPath(sixteen.Split["train"].Images.First(image => image.Label == 1));
        Assert.Equal(16, reader.Inspect(first).BitDepth);
        var original = clean["train"].FullPath(clean["train"].Images.First(image => image.Label == 1));
        Assert.Equal(reader.Read(original).Pixels, reader.Read(first).Pixels);

        var negative = Planted.Negative(1).In(clean, Path.Combine(folder.Path, "negative"));
        var tested = reader.Read(clean["test"].FullPath(clean["test"].Images[0])).ToGrayscale().Pixels;
        var copy = reader.Read(Path.Combine(negative.Split["train"].Root, negative.Planted[0])).ToGrayscale().Pixels;
        Assert.Equal(tested.Select(value => (byte)(255 - value)), copy);

        var flipped = Planted.FlippedLabels(1).In(clean, Path.Combine(folder.Path, "flipped"));
        Assert.Equal(clean["train"].Labels.Select(label => 1 - label), flipped.Split["train"].Labels);
        Assert.Throws<ArgumentOutOfRangeException>(() => Planted.Leak(0).In(clean, Path.Combine(folder.Path, "none")));
        Assert.Contains(
            "is there already",
            Assert.Throws<DataException>(() => Planted.Leak(.5).In(clean, folder.Path)).Message,
            StringComparison.Ordinal);
    }

    /// <summary>Defects that no chance explains are found at a fifth; the memory of a leak shows in the accuracy.</summary>
    [Fact]
    public void The_report_shows_each_defect_with_its_inflation_and_whether_it_is_found()
    {
        var report = Planted.Report(Clean(3, 30, 20), Path.Combine(folder.Path, "report"), [.5], seed: 1);
        Assert.Equal(Enum.GetValues<PlantedKind>().Length + 1, report.Results.Count);
        var (clean, leak) = (report.Results[0], report.Results.Single(result => result.Defect?.Kind == PlantedKind.Leak));
        Assert.True(leak.Nearest.Value >= clean.Nearest.Value + 0.1, $"{clean.Nearest} -> {leak.Nearest}");
        foreach (var kind in new[] { PlantedKind.Leak, PlantedKind.Negative, PlantedKind.PatientOnBothSides, PlantedKind.SixteenBitClass })
        {
            Assert.True(report.Results.Single(result => result.Defect?.Kind == kind).Found, kind.ToString());
        }

        Assert.Contains("Planted defects: the audit finds", report.ToPlainText(), StringComparison.Ordinal);
        output.WriteLine(report.ToPlainText());
    }

    /// <summary>A shortcut that was open before hides another: the report does not count it as found.</summary>
    [Fact]
    public void What_a_probe_finds_with_nothing_planted_is_not_called_the_defect()
    {
        var open = Planted.Marker(1).In(Clean(4, 30, 20), Path.Combine(folder.Path, "open")).Split;
        var report = Planted.Report(open, Path.Combine(folder.Path, "again"), [.5], seed: 1);
        var marker = report.Results.Single(result => result.Defect?.Kind == PlantedKind.Marker);
        Assert.False(marker.Found, marker.By);
        Assert.StartsWith("not told from the shortcut that the probe on the ", marker.By, StringComparison.Ordinal);
        Assert.True(report.Results.Single(result => result.Defect?.Kind == PlantedKind.Leak).Found);
    }

    /// <summary>
    /// The audit graded: false alarms on 200 clean sets of drawings whose labels mean nothing, and the doses at which each defect is found,
    /// 20 sets a dose. The tables are kept in AuditGrades.md.
    /// </summary>
    [LongFact]
    public void The_audit_is_graded_on_clean_and_on_planted_sets()
    {
        var alarms = new Dictionary<string, int>(StringComparer.Ordinal)
        {
            ["leakage"] = 0,
            ["header"] = 0,
            ["header forest"] = 0,
            ["thumbnail"] = 0,
            ["any"] = 0,
        };
        const int Sets = 200;
        for (var seed = 0; seed < Sets; seed++)
        {
            var audit = DataAudit.Of(Clean(1000 + seed, 30, 20));
            alarms["leakage"] += audit.Leakage!.State == AuditState.Clean ? 0 : 1;
            alarms["header"] += audit.HeaderProbe!.FindsShortcut ? 1 : 0;
            alarms["header forest"] += audit.HeaderForestProbe!.FindsShortcut ? 1 : 0;
            alarms["thumbnail"] += audit.ThumbnailProbe!.FindsShortcut ? 1 : 0;
            alarms["any"] += audit.State == AuditState.Clean ? 0 : 1;
        }

        output.WriteLine(
            $"false alarms on {Sets} clean sets of 60 + 40: {string.Join(", ", alarms.Select(alarm => $"{alarm.Key} {alarm.Value}"))}");
        Assert.Equal(0, alarms["leakage"]);

        // Each probe asks for an interval of 95 % above the majority: one in forty by chance.
        Assert.All(alarms.Where(alarm => alarm.Key is not "any"), alarm => Assert.InRange(alarm.Value, 0, Sets * 6 / 100));

        const int Repetitions = 20;
        double[] doses = [.05, .1, .2, .4, .8];
        foreach (var kind in Enum.GetValues<PlantedKind>())
        {
            var found = doses.Select(dose => Enumerable.Range(0, Repetitions).Count(seed =>
            {
                var defect = new Planted(kind, dose, seed);
                return PlantedReport.FoundBy(
                    defect, defect.In(Clean(2000 + seed, 30, 20), Path.Combine(folder.Path, $"{kind}-{dose}-{seed}"))) is not null;
            })).ToArray();
            output.WriteLine(
                $"{kind}: found in {string.Join(", ", found.Zip(doses, (count, dose) => $"{count}/{Repetitions} at {dose}"))}");
            if (kind is PlantedKind.Leak or PlantedKind.Negative or PlantedKind.PatientOnBothSides)
            {
                Assert.All(found, count => Assert.Equal(Repetitions, count));
            }
            else if (kind is not PlantedKind.FlippedLabels)
            {
                // In most pictures of a class: nearly always. Labels that mean nothing cannot be told from flipped ones.
                Assert.InRange(found[^1], Repetitions * 7 / 10, Repetitions);
            }
        }
    }

    /// <summary>How long ten thousand images take, and that no two of that many drawings are called copies.</summary>
    [LongFact]
    public void Ten_thousand_images_are_searched()
    {
        var split = Clean(9, 4000, 1000);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        foreach (var (_, dataset) in split.Parts)
        {
            FileScanner.Shared.Scan(dataset, ScanDepth.Pictures);
        }

        var scanned = watch.Elapsed;
        var audit = LeakageAudit.Of(split, searchNearDuplicates: true);
        output.WriteLine(
            $"10,000 images of 48 x 48: scan {scanned.TotalSeconds:F1} s, search of all pairs in 16 ways "
                + $"{(watch.Elapsed - scanned).TotalSeconds:F1} s on {Environment.ProcessorCount} processors");
        output.WriteLine(
            $"pairs: upright {audit.NearDuplicatesAcross.Count + audit.NearDuplicatesWithin.Count}, altered "
                + $"{audit.AlteredAcross.Count + audit.AlteredWithin.Count}");
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(60), $"{watch.Elapsed}");
    }

    /// <summary>How alike the plain phantoms are: told, since an audit of phantoms cannot know that they show nobody.</summary>
    [LongFact]
    public void Plain_phantoms_that_look_alike_are_counted()
    {
        foreach (var kind in Enum.GetValues<PhantomKind>())
        {
            var audit = LeakageAudit.Of(Phantoms.Create(folder.Path, new PhantomOptions { Kind = kind }), searchNearDuplicates: true);
            output.WriteLine($"{kind}, 220 + 80 phantoms: {audit.State}");
            output.WriteLine($"    upright {audit.NearDuplicatesAcross.Count} across, {audit.NearDuplicatesWithin.Count} within");
            output.WriteLine($"    altered {audit.AlteredAcross.Count} across, {audit.AlteredWithin.Count} within");
            Assert.Empty(audit.ExactDuplicatesAcross);
        }
    }

    /// <summary>
    /// Healthy phantoms of both classes under uneven light, each a patient of its own: nothing tells the classes apart, and no two look
    /// alike.
    /// </summary>
    private DatasetSplit Clean(int seed, int perClass, int testPerClass)
    {
        var root = Path.Combine(folder.Path, $"clean-{seed}-{perClass}-{testPerClass}");
        var options = new PhantomOptions { Size = 48, Seed = seed };
        var index = 0;
        ImageDataset Part(string name, int count) => new(name, root, ["A", "B"], [.. Enumerable.Range(0, 2 * count).Select(i =>
        {
            var path = $"{name}/{(i < count ? "A" : "B")}/{i}.png";
            var file = Path.Combine(root, path);
            if (!File.Exists(file))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                var phantom = Phantoms.Draw(options, ill: false, index).Pixels;
                var noise = ResizeTests.Noise(7, 7, 1, (seed * 20_011) + index);
                var light = ImageResizer.Resize(noise, options.Size, options.Size, Interpolation.PilBilinear).Pixels;
                byte[] lit = [.. phantom.Zip(light, (pixel, shine) => (byte)((pixel + shine) / 2))];
                using var image = Image.LoadPixelData<L8>(lit, options.Size, options.Size);
                image.SaveAsPng(file);
            }

            index++;
            return new LabeledImage(path, i < count ? 0 : 1, path);
        })]);
        return new DatasetSplit($"clean {seed}", [("train", Part("train", perClass)), ("test", Part("test", testPerClass))]);
    }
}
