using System.Text.RegularExpressions;
using CovidNotebooks.Runs;
using Tests.Shared;

namespace Tests.Runs;

/// <summary>The records of the published runs, as they are committed.</summary>
public partial class PublishedRecordsTests
{
    private static readonly RunRecord[] Published =
    [
        .. RunStore.Published(Path.Combine(Repository.Root, "data", "published-runs")).SelectMany(published => published.List())
        .Where(run => run.Format > 1),
    ];

    [Fact]
    public void Each_run_ended_and_trained_epochs_of_its_own() =>
        Assert.All(Published, run =>
        {
            Assert.Equal(RunStatus.Finished, run.Status);
            if (run.Results.TryGetValue("epochs_run", out var epochs))
            {
                Assert.True(run.Results["epochs_resumed"] < epochs, $"{run.Id} read all its epochs from a checkpoint.");
            }
        });

    [Fact]
    public void Settings_have_snake_case_names_and_no_text_of_a_program() =>
        Assert.All(Published.SelectMany(run => run.Parameters), setting =>
        {
            Assert.Matches(SnakeCase(), setting.Key);
            Assert.DoesNotMatch(ProgramText(), setting.Value as string ?? "");
        });

    /// <summary>These two were once recorded with the rule of the runs as published.</summary>
    [Theory]
    [InlineData("03-corrected-training")]
    [InlineData("04-corrected")]
    public void The_best_epoch_of_a_corrected_training_is_that_of_the_validation_loss(string name) =>
        Assert.Equal("validation_loss", Published.Single(run => run.Name == name).Parameters["trainer.best_by.monitor"]);

    [GeneratedRegex(@"^[a-z0-9_]+(?:\.[a-z0-9_]+)*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SnakeCase();

    [GeneratedRegex(@"\w+ \{ \w+ = ", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProgramText();
}
