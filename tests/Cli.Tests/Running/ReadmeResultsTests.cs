using CovidNotebooks.Cli;
using CovidNotebooks.Cli.Benchmarking;
using CovidNotebooks.Cli.Running;
using CovidNotebooks.Reporting;
using CovidNotebooks.Runs;
using Tests.Shared;

namespace Tests.Cli.Running;

public sealed class ReadmeResultsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("readme-results-test-");

    private string Readme => Path.Combine(folder.FullName, "README.md");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Both_readmes_of_this_repository_hold_the_numbers_of_its_published_runs()
    {
        var checkout = new Checkout(Repository.Root);
        var results = DocumentResults.Of(RunStore.Published(checkout.PublishedRuns).SelectMany(store => store.List()));
        foreach (var part in ReadmeResults.Of(checkout, results))
        {
            Assert.True(
                string.Equals(part.Tables.Trim('\n'), part.Read().Trim('\n'), StringComparison.Ordinal),
                $"{part.Path} is not what the published runs say. './kit runs results --write' puts this into it:\n{part.Tables}");
        }

        if (!File.Exists(checkout.MeasuredSpeeds))
        {
            Assert.Equal(
                SpeedTable.NotMeasured,
                ReadmeResults.Read(checkout.Readme, SpeedTable.BeginMark, SpeedTable.EndMark).Trim('\n'));
        }

        // A document a row, and its row in both.
        var (shorter, longer) = (ReadmeResults.Read(checkout.Readme), ReadmeResults.Read(checkout.PublishedReadme));
        Assert.Equal(["1", "2", "3", "4", "5"], Accuracies(shorter).Select(cells => cells[0]));
        Assert.All(
            Accuracies(shorter).Where(cells => cells[3] != "–"),
            cells => Assert.Contains(
                $"| {cells[0]} | accuracy | {cells[2]} | {cells[3]} | {cells[4]} | {cells[5]} |", longer, StringComparison.Ordinal));
    }

    [Fact]
    public void What_stands_around_the_tables_stays()
    {
        File.WriteAllText(Readme, $"before\n\n{ReadmeResults.Begin}\nold\n{ReadmeResults.End}\n\nafter\n");

        Assert.True(ReadmeResults.Write(Readme, "| a |\n"));
        Assert.False(ReadmeResults.Write(Readme, "| a |\n"));

        Assert.Equal($"before\n\n{ReadmeResults.Begin}\n\n| a |\n\n{ReadmeResults.End}\n\nafter\n", File.ReadAllText(Readme));
        Assert.Equal("| a |\n", ReadmeResults.Read(Readme));
        Assert.Single(folder.GetFiles());
    }

    [Fact]
    public void Without_a_place_for_the_tables_it_says_which_lines_are_missing()
    {
        Assert.Contains(
            $"no {Readme}", Assert.Throws<RunRequestException>(() => ReadmeResults.Write(Readme, "")).Message, StringComparison.Ordinal);
        File.WriteAllText(Readme, $"{ReadmeResults.End}\n{ReadmeResults.Begin}\n");
        Assert.Contains(
            ReadmeResults.Begin,
            Assert.Throws<RunRequestException>(() => ReadmeResults.Write(Readme, "")).Message,
            StringComparison.Ordinal);
    }

    /// <summary>The cells of a table's rows, its header and rule left out.</summary>
    private static IEnumerable<string[]> Accuracies(string table) =>
        table.TrimEnd().Split('\n').Skip(2).Select(row => row.Trim('|', ' ').Split(" | "));
}
