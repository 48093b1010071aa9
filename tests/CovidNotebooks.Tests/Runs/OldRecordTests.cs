using CovidNotebooks.Runs;
using Tests.Shared;

namespace Tests.Runs;

/// <summary>
/// A record of format 1, of November 2026, whose settings were typed by hand: it is read, and what it does not say is told.
/// </summary>
public class OldRecordTests
{
    private static RunRecord Old { get; } =
        new RunStore(Path.Combine(Repository.Root, "tests", "CovidNotebooks.Tests", "Runs", "Format1")).List().Single();

    [Fact]
    public void A_record_of_before_is_read_and_says_that_it_was_typed()
    {
        Assert.Equal((RunStatus.Finished, 1), (Old.Status, Old.Format));
        Assert.StartsWith("Its settings were typed beside what ran", Old.NotRecorded[0], StringComparison.Ordinal);
        Assert.Contains("which epoch's weights were kept", Old.NotRecorded[1], StringComparison.Ordinal);
        Assert.Contains(Old.NotRecorded[1], Old.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_record_of_before_lacks_is_named()
    {
        Assert.Contains("the stopping rule", Old.NotRecorded[1], StringComparison.Ordinal);
        Assert.DoesNotContain("the epochs", Old.NotRecorded[1], StringComparison.Ordinal);
        Assert.Equal(
            (20L, "chest-xray-pneumonia", "none"),
            (
                RecordedFact.Epochs.Of(Old.Parameters),
                RecordedFact.Data.Of(Old.Parameters),
                RecordedFact.Weights.Of(Old.Parameters)));
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
