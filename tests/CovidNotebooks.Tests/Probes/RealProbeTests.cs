using System.Text.Json;
using CovidNotebooks.Data;
using CovidNotebooks.Probes;
using Tests.Shared;
using Xunit.Abstractions;

namespace Tests.Probes;

/// <summary>The probes on the real sets, against Pillow and scikit-learn (<c>tests/golden-probes/make_real.py</c>).</summary>
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
        var expected = Golden().Single(row => row.GetProperty("dataset").GetString() == dataset && row.GetProperty("probe").GetString() == probe);
        var opened = folder.Open(Datasets.Get(dataset));
        var report = probe == "header" ? ShortcutProbe.Header(opened.Train, opened.Test) : ShortcutProbe.Thumbnail(opened.Train, opened.Test);
        output.WriteLine(report.ToPlainText());

        // Headers are whole numbers, so only the place where lbfgs stops can differ. Thumbnails also differ by the JPEG decoder (±1 grey level here and there).
        var (images, auc) = probe == "header" ? (0, 1e-3) : (2, 2e-3);
        Assert.Equal(expected.GetProperty("test").GetInt32(), report.Accuracy.Count);
        Assert.InRange(report.Accuracy.Successes, expected.GetProperty("right").GetInt32() - images, expected.GetProperty("right").GetInt32() + images);
        Assert.Equal(expected.GetProperty("auc").GetDouble(), report.Auc!.Value, auc);
        Assert.Equal(expected.GetProperty("majority").GetInt32(), report.MajorityAccuracy.Successes);
        Assert.True(report.AccuracyInterval.Contains(report.Accuracy.Value));
    }

    private static JsonElement[] Golden()
    {
        var rows = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "golden-probes", "real.json"))).RootElement.GetProperty("rows").EnumerateArray().ToArray();
        Assert.NotEmpty(rows);
        return rows;
    }
}
