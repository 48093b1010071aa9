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
    public void The_readme_of_this_repository_holds_the_numbers_of_its_published_runs()
    {
        var runs = RunStore.Published(Path.Combine(Repository.Root, "data", "published-runs")).SelectMany(store => store.List());
        var expected = DocumentResults.Of(runs).ToMarkdown();

        var found = ReadmeResults.Read(File.ReadAllText(Path.Combine(Repository.Root, "README.md")));

        Assert.True(
            string.Equals(expected, found, StringComparison.Ordinal),
            $"README.md is not what the published runs say. './kit runs results --write' puts this into it:\n{expected}");
    }

    [Fact]
    public void The_readme_of_this_repository_holds_the_measured_speeds()
    {
        var file = Path.Combine(Repository.Root, "tests", "benchmarks", "results.json");
        var expected = File.Exists(file) ? SpeedTable.Of(BenchmarkFile.Read(file)) : SpeedTable.NotMeasured;
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

        Assert.Equal(expected.Trim('\n'), ReadmeResults.Read(readme, SpeedTable.BeginMark, SpeedTable.EndMark).Trim('\n'));
    }

    [Fact]
    public void What_stands_around_the_tables_stays()
    {
        File.WriteAllText(Readme, $"before\n\n{ReadmeResults.Begin}\nold\n{ReadmeResults.End}\n\nafter\n");

        Assert.True(ReadmeResults.Write(Readme, "| a |\n"));
        Assert.False(ReadmeResults.Write(Readme, "| a |\n"));

        Assert.Equal($"before\n\n{ReadmeResults.Begin}\n\n| a |\n\n{ReadmeResults.End}\n\nafter\n", File.ReadAllText(Readme));
        Assert.Equal("| a |\n", ReadmeResults.Read(File.ReadAllText(Readme)));
        Assert.Single(folder.GetFiles());
    }

    [Fact]
    public void Without_a_place_for_the_tables_it_says_which_lines_are_missing()
    {
        Assert.Contains(
            "no README.md", Assert.Throws<RunRequestException>(() => ReadmeResults.Write(Readme, "")).Message, StringComparison.Ordinal);
        File.WriteAllText(Readme, $"{ReadmeResults.End}\n{ReadmeResults.Begin}\n");
        Assert.Contains(
            ReadmeResults.Begin,
            Assert.Throws<RunRequestException>(() => ReadmeResults.Write(Readme, "")).Message,
            StringComparison.Ordinal);
    }
}
