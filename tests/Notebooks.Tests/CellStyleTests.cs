using System.Text.RegularExpressions;
using Tests.Shared;

namespace Tests.Notebooks;

/// <summary>A code cell tells the story; plumbing is in the library.</summary>
public partial class CellStyleTests
{
    private const int MostLines = 25;
    private const int MostColumns = 120;
    private const int FewLines = 10;
    private const int MostLinesInAll = 1_200;

    public static TheoryData<string> Notebooks => NotebookRecipe.Committed;

    public static TheoryData<string> OfDocuments => NotebookRecipe.OfDocuments;

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void No_cell_is_longer_than_25_lines_or_wider_than_120_columns(string name) => Assert.All(Cells(name), cell =>
    {
        Assert.InRange(cell.Length, 1, MostLines);
        Assert.All(cell, line => Assert.True(line.Length <= MostColumns, $"{line.Length} columns: {line}"));
    });

    [Fact]
    public void The_setup_that_all_import_keeps_to_the_same_widths() =>
        No_cell_is_longer_than_25_lines_or_wider_than_120_columns("setup/setup.ipynb");

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Most_cells_have_under_10_lines(string name)
    {
        var cells = Cells(name);

        Assert.InRange(cells.Count(cell => cell.Length < FewLines), (cells.Count / 2) + 1, cells.Count);
    }

    [Fact]
    public void All_cells_of_the_six_notebooks_have_at_most_1200_lines()
    {
        string[] six = [.. Names().Where(name => string.CompareOrdinal(name, "07") < 0)];

        Assert.Equal(6, six.Length);
        Assert.InRange(six.Sum(name => Cells(name).Sum(cell => cell.Length)), 300, MostLinesInAll);
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void No_cell_builds_a_table_by_hand_or_asks_whether_the_images_are_real(string name) => Assert.All(Cells(name), cell =>
    {
        var code = string.Join('\n', cell);
        Assert.DoesNotContain("TableColumn.", code, StringComparison.Ordinal);
        Assert.DoesNotContain("OfNobody", code, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\breal \?", code);
        Assert.DoesNotContain("KernelInvocationContext", code, StringComparison.Ordinal);
    });

    [Fact]
    public void No_helper_is_written_in_two_notebooks()
    {
        var helpers = Names().SelectMany(name => Cells(name).SelectMany(cell => cell).Select(line => Helper().Match(line))
            .Where(match => match.Success)
            .Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal).Select(helper => (helper, name)))
                .ToLookup(pair => pair.helper, pair => pair.name, StringComparer.Ordinal);

        Assert.NotEmpty(helpers);
        Assert.All(helpers, helper => Assert.True(helper.Count() == 1,
            $"{helper.Key} is written in {string.Join(" and ", helper)}: it belongs into the library."));
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void One_line_imports_everything(string name) => Assert.Equal(["#!import setup/setup.ipynb"], Cells(name)[0]);

    [Theory]
    [MemberData(nameof(OfDocuments))]
    public void Learning_rate_batch_size_and_epochs_are_parameters_one_a_line(string name)
    {
        var notebook = CommittedNotebook.Read(name);
        var lines = CommittedNotebook.Source(notebook.CodeCells.Single(cell => CommittedNotebook.Tags(cell)
            .Contains("parameters", StringComparer.Ordinal))).Split('\n');

        Assert.All(lines, line => Assert.Matches(@"^[\w\[\]]+\?? \w+ = [^;]+;( +// .+)?$", line));
        Assert.All(["double learningRate = ", "int batchSize = ", "int epochs = "], start =>
            Assert.Single(lines, line => line.StartsWith(start, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("double Share(int count) => count / 2.0;", "Share")]
    [InlineData("(Predictions Answers, Experiment Run) Stored(Document1 experiment)", "Stored")]
    [InlineData("display(Share(3));", null)]
    [InlineData("    int Nested(int x) => x;", null)]
    [InlineData("var shown = Shown(first);", null)]
    [InlineData("using (var loader = new ImageLoader(all, options))", null)]
    [InlineData("foreach (var part in sets.Parts)", null)]
    public void A_helper_is_told_from_a_call(string line, string? helper) =>
        Assert.Equal(helper, Helper().Match(line) is { Success: true } match ? match.Groups["name"].Value : null);

    private static IEnumerable<string> Names() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "notebooks"), "*.ipynb").Select(path => Path.GetFileName(path)!)
            .Order(StringComparer.Ordinal);

    private static List<string[]> Cells(string name) => [.. CommittedNotebook.Read(name).CodeCells.Select(cell =>
        CommittedNotebook.Source(cell).Split('\n'))];

    /// <summary>A function that is declared at the left margin: a type, a name, parameters with types.</summary>
    [GeneratedRegex(@"^(?:[\w?\[\]]+(?:<[^>]+>)?|\([^)]+\)) (?<name>[A-Z]\w*)\((?:[\w\[\]<>?]+ \w+[^)]*)?\)(?: =>.*| *)$",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Helper();
}
