using System.Text.Json;
using CovidNotebooks.Audit;
using CovidNotebooks.Data;
using CovidNotebooks.Reporting;
using CovidNotebooks.Runs;
using Tests.Runs;
using Tests.Shared;
using Xunit.Abstractions;

namespace Tests.Audit;

/// <summary>The probes on the real sets, against Pillow and scikit-learn (<c>tests/golden-probes/make_real.py</c>).</summary>
[Trait("Category", "Golden")]
public class RealProbeTests(ITestOutputHelper output)
{
    public static TheoryData<string, string> Rows()
    {
        var rows = new TheoryData<string, string>();
        foreach (var row in Golden())
        {
            rows.Add(row.GetProperty("dataset").GetString()!, row.GetProperty("probe").GetString()!);
        }

        return rows;
    }

    [SkippableTheory]
    [MemberData(nameof(Rows))]
    public void A_probe_finds_what_scikit_learn_finds(string dataset, string probe)
    {
        Skip.If(Repository.RealData is null, "The image sets are not here.");
        var folder = new DataFolder(Repository.RealData!, "a test");
        Skip.If(folder.Find(Datasets.Get(dataset)) is null, $"{dataset} is not here.");
        var expected = Golden()
            .Single(row => row.GetProperty("dataset").GetString() == dataset && row.GetProperty("probe").GetString() == probe);
        var opened = folder.Open(Datasets.Get(dataset));
        var report = probe == "header" ? ShortcutProbe.Header(opened.Train, opened.Test)
            : ShortcutProbe.Thumbnail(opened.Train, opened.Test);
        output.WriteLine(report.ToPlainText());

        // Headers are whole numbers, so only the place where lbfgs stops can differ. Thumbnails also differ by the JPEG decoder (±1 grey
        // level here and there).
        var (images, auc) = probe == "header" ? (0, 1e-3) : (2, 2e-3);
        Assert.Equal(expected.GetProperty("test").GetInt32(), report.Accuracy.Count);
        Assert.InRange(
            report.Accuracy.Successes,
            expected.GetProperty("right").GetInt32() - images,
            expected.GetProperty("right").GetInt32() + images);
        Assert.Equal(expected.GetProperty("auc").GetDouble(), report.Auc!.Value, auc);
        Assert.Equal(expected.GetProperty("majority").GetInt32(), report.MajorityAccuracy.Successes);
        Assert.True(report.AccuracyInterval.Contains(report.Accuracy.Value));
    }

    [SkippableFact]
    public void A_forest_finds_what_forests_of_scikit_learn_find_with_other_seeds()
    {
        Skip.If(Repository.RealData is null, "The image sets are not here.");
        var folder = new DataFolder(Repository.RealData!, "a test");
        Skip.If(folder.Find(Datasets.CovidCt) is null, "covid-ct is not here.");
        var expected = Document().GetProperty("forest");
        var opened = folder.Open(Datasets.CovidCt);
        var report = ShortcutProbe.HeaderForest(opened.Train, opened.Test);
        output.WriteLine(report.ToPlainText());

        // The accuracy jumps, as files with equal headers change sides together; the AUC varies little from seed to seed.
        var right = expected.GetProperty("right").EnumerateArray().Select(value => value.GetInt32()).ToArray();
        var auc = expected.GetProperty("auc").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        Assert.Equal(expected.GetProperty("test").GetInt32(), report.Accuracy.Count);
        Assert.InRange(report.Accuracy.Successes, right.Min(), right.Max());
        var mean = auc.Average();
        Assert.Equal(mean, report.Auc!.Value, 4 * Math.Sqrt(auc.Sum(value => (value - mean) * (value - mean)) / (auc.Length - 1)));
    }

    [SkippableTheory]
    [InlineData("04-as-published")]
    [InlineData("04-corrected")]
    [InlineData("04-frozen-trunk-of-random-weights")]
    public void No_network_of_notebook_04_is_shown_to_differ_from_the_thumbnail(string run)
    {
        Skip.If(Repository.RealData is null, "The image sets are not here.");
        var folder = new DataFolder(Repository.RealData!, "a test");
        Skip.If(folder.Find(Datasets.CovidXray) is null, "covid-xray is not here.");
        var opened = folder.Open(Datasets.CovidXray);
        var probe = ShortcutProbe.Thumbnail(opened.Train, opened.Test, new ProbeOptions { PositiveClass = 0 });
        var store = RunStore.Published(Path.Combine(Repository.Root, "data", "published-runs"), new ManualClock())
            .Single(store => Path.GetFileName(store.Root) == "04-resnet50-xray");
        var evaluated = EvaluatedRun.Of(store.List().Single(one => one.Name == run), options: null, out _)!;
        var comparison = ProbeComparison.Of(evaluated.Evaluation.Predictions, probe, run);
        output.WriteLine(comparison.ToPlainText());
        Assert.Equal(ProbeVerdict.NoDifferenceShown, comparison.Verdict);
        Assert.NotEqual("McNemar, exact", comparison.Paired.Errors.Method);
        Assert.InRange(comparison.Paired.Errors.PValue, .05, 1);
    }

    private static JsonElement[] Golden()
    {
        var rows = Document().GetProperty("rows").EnumerateArray().ToArray();
        Assert.NotEmpty(rows);
        return rows;
    }

    private static JsonElement Document() =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "golden-probes", "real.json"))).RootElement;
}
