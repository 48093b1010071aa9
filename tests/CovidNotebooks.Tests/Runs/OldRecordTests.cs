using CovidNotebooks.Runs;
using Tests.Shared;

namespace Tests.Runs;

/// <summary>
/// The published runs of November 2026, whose settings were typed by hand: they are read, and what they do not say is told.
/// </summary>
public class OldRecordTests
{
    private static readonly RunRecord[] Published =
    [
        .. RunStore.Published(Path.Combine(Repository.Root, "data", "published-runs")).SelectMany(published => published.List())
        .Where(run => run.Format == 1),
    ];

    [Fact]
    public void A_record_of_before_is_read_and_says_that_it_was_typed() =>
        Assert.All(Published, run =>
        {
            Assert.Equal(RunStatus.Finished, run.Status);
            Assert.NotEmpty(run.Parameters);
            Assert.StartsWith("Its settings were typed beside what ran", run.NotRecorded[0], StringComparison.Ordinal);
            Assert.Contains("which epoch's weights were kept", run.NotRecorded[1], StringComparison.Ordinal);
            Assert.Contains(run.NotRecorded[1], run.ToPlainText(), StringComparison.Ordinal);
        });

    [SkippableFact]
    public void What_a_record_of_before_lacks_is_named()
    {
        var corrected = Published.FirstOrDefault(run => run.Name is "05-corrected");
        Skip.If(corrected is null, "The published runs are of today's format.");
        Assert.Contains("the stopping rule", corrected.NotRecorded[1], StringComparison.Ordinal);
        Assert.DoesNotContain("the epochs", corrected.NotRecorded[1], StringComparison.Ordinal);
        Assert.Equal(
            (20L, "chest-xray-pneumonia", "none"),
            (
                RecordedFact.Epochs.Of(corrected.Parameters),
                RecordedFact.Data.Of(corrected.Parameters),
                RecordedFact.Weights.Of(corrected.Parameters)));
    }

    [Fact]
    public void Settings_are_grouped_by_what_they_are_of()
    {
        var groups = SettingGroups.Of(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["trainer.epochs"] = 2,
            ["variant"] = "corrected",
            ["model.dropout"] = .5,
            ["model"] = "pneumonia_cnn",
            ["split"] = "by hand",
            ["zoom.x"] = 1,
        });
        Assert.Equal(["", "model", "trainer", "zoom"], groups.Select(group => group.Group));
        Assert.Equal(["variant", "split"], groups[0].Settings.Select(setting => setting.Key));
        Assert.Equal(["dropout", ""], groups[1].Settings.Select(setting => setting.Key));
    }
}
