using System.Text.RegularExpressions;
using Tests.Shared;

namespace Tests.Notebooks;

/// <summary>What holds for every committed notebook: what a reader meets, in which order, and what is never in the file.</summary>
public partial class RecipeTests
{
    public static TheoryData<string> Notebooks => NotebookRecipe.Committed;

    public static TheoryData<string> OfDocuments => NotebookRecipe.OfDocuments;

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Sections_stand_in_the_order_of_the_recipe(string name)
    {
        var headings = CommittedNotebook.Read(name).Headings.ToList();

        Assert.StartsWith("# ", headings[0], StringComparison.Ordinal);
        Assert.Equal(NotebookRecipe.Of(name).Sections, headings.Skip(1).Select(heading => heading[3..]));
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void It_is_a_polyglot_notebook_of_the_CSharp_kernel(string name)
    {
        var notebook = CommittedNotebook.Read(name);

        Assert.Equal((4, 5), notebook.Format);
        Assert.Equal(".net-csharp", (string?)notebook.Metadata["kernelspec"]?["name"]);
        Assert.Equal("csharp", (string?)notebook.Metadata["polyglot_notebook"]?["kernelInfo"]?["defaultKernelName"]);
        Assert.Equal(notebook.Cells.Count, notebook.Cells.Select(cell => (string?)cell["id"]).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void It_has_one_parameters_cell_and_no_injected_one(string name)
    {
        var tags = CommittedNotebook.Read(name).Cells.SelectMany(CommittedNotebook.Tags).ToList();

        Assert.Single(tags, "parameters");
        Assert.DoesNotContain("injected-parameters", tags);
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void It_says_with_which_of_its_parameters_it_runs_on_phantoms(string name)
    {
        var notebook = CommittedNotebook.Read(name);
        var parameters = CommittedNotebook.Source(
            notebook.CodeCells.Single(cell => CommittedNotebook.Tags(cell).Contains("parameters", StringComparer.Ordinal)));

        Assert.NotNull(notebook.PhantomProfile);
        Assert.All(notebook.PhantomProfile.Keys, parameter => Assert.Matches($@"(?m)^\w+(\[\])?\?? {parameter} = ", parameters));
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Every_code_cell_was_executed_in_order_and_without_an_error(string name)
    {
        var notebook = CommittedNotebook.Read(name);

        Assert.Equal(
            Enumerable.Range(1, notebook.CodeCells.Count()), notebook.CodeCells.Select(cell => (int?)cell["execution_count"] ?? 0));
        Assert.DoesNotContain(notebook.Outputs, output => (string?)output["output_type"] == "error");
        Assert.DoesNotContain(
            notebook.Outputs, output => (string?)output["output_type"] == "stream" && (string?)output["name"] == "stderr");
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void A_cell_that_computes_shows_what_it_computed(string name) =>
        Assert.All(
            CommittedNotebook.Read(name).CodeCells.Where(
                cell => CommittedNotebook.Source(cell).Contains("display(", StringComparison.Ordinal)),
            cell => Assert.NotEmpty(cell["outputs"]!.AsArray()));

    [Theory]
    [MemberData(nameof(OfDocuments))]
    public void Nothing_is_trained_before_the_data_were_audited_and_every_stored_run_has_its_audit(string name)
    {
        var code = string.Join('\n', CommittedNotebook.Read(name).CodeCells.Select(CommittedNotebook.Source));
        var audited = code.IndexOf("document.Audit(", StringComparison.Ordinal);

        Assert.All(
            [".Fit(", ".Train(", ".Run("],
            verb => Assert.True(code.IndexOf(verb, StringComparison.Ordinal) is var trained && (trained < 0 || audited < trained), verb));
        Assert.Contains(".Run(store, ", code, StringComparison.Ordinal);
        var stored = Directory.GetDirectories(
            Path.Combine(Repository.Root, "data", "published-runs", Path.GetFileNameWithoutExtension(name)));
        Assert.NotEmpty(stored);
        Assert.All(stored, run => Assert.True(File.Exists(Path.Combine(run, "audit.json")), $"{Path.GetFileName(run)} has no audit.json"));
    }

    [Theory]
    [MemberData(nameof(OfDocuments))]
    public void What_each_audited_test_set_can_show_is_said_before_anything_is_trained(string name)
    {
        var cells = CommittedNotebook.Read(name).CodeCells.Select(CommittedNotebook.Source).ToList();
        var before = cells.TakeWhile(cell => !cell.Contains(".Run(store, ", StringComparison.Ordinal)).ToList();

        Assert.Equal(
            before.Sum(cell => cell.Split("document.Audit(").Length - 1),
            before.Sum(cell => cell.Split("display(TestSetPower.Of(").Length - 1));
        Assert.Contains(before, cell => cell.Contains("display(TestSetPower.Of(", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void It_ends_with_the_disclaimer(string name)
    {
        var last = CommittedNotebook.Source(CommittedNotebook.Read(name).Cells[^1]);

        Assert.Contains("research and teaching", last, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("never for diagnosis", last, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Every_chart_has_its_data_and_a_still_picture(string name)
    {
        var charts = CommittedNotebook.Read(name).Outputs.Where(
            output => CommittedNotebook.Data(output, "application/vnd.plotly.v1+json") is not null).ToList();

        Assert.NotEmpty(charts);
        Assert.All(charts, chart => Assert.Matches(StillPicture(), CommittedNotebook.Data(chart, "text/html")!));
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void It_holds_no_plotly_js_and_no_picture_of_a_person(string name)
    {
        var notebook = CommittedNotebook.Read(name);

        Assert.InRange(new FileInfo(notebook.Path).Length, 1, 3_000_000);
        Assert.DoesNotContain("plotly.js v", notebook.Text, StringComparison.Ordinal);
        Assert.All(notebook.Outputs, output =>
        {
            Assert.Null(CommittedNotebook.Data(output, "image/png"));
            Assert.Null(CommittedNotebook.Data(output, "image/jpeg"));
            Assert.DoesNotContain(
                "data:image", CommittedNotebook.Data(output, "application/vnd.plotly.v1+json") ?? "", StringComparison.Ordinal);
            var html = CommittedNotebook.Data(output, "text/html") ?? "";
            Assert.Equal(Pictures().Count(html), StillPicturesOfCharts().Count(html) + PicturesOfNobody().Count(html));
        });
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void It_names_no_folder_of_the_machine_it_ran_on(string name)
    {
        var outputs = string.Concat(CommittedNotebook.Read(name).Outputs.Select(output => output.ToJsonString()));

        Assert.DoesNotMatch(AbsolutePath(), outputs);
        Assert.DoesNotContain(Repository.Root, outputs, StringComparison.Ordinal);
    }

    [Fact]
    public void Published_runs_name_no_folder_of_the_machine_they_were_made_on()
    {
        var folder = Path.Combine(Repository.Root, "data", "published-runs");
        string[] files =
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".json" or ".jsonl"),
        ];

        Assert.NotEmpty(files);
        Assert.All(files, file =>
        {
            var text = File.ReadAllText(file);
            Assert.DoesNotMatch(AbsolutePath(), text);
            Assert.DoesNotContain(Repository.Root, text, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("\"/work/x\"", true)]
    [InlineData("in /opt/kit", true)]
    [InlineData("/srv/data", true)]
    [InlineData("/tmp/x", true)]
    [InlineData("https://example.org/work/x", false)]
    [InlineData("runs/work/x", false)]
    [InlineData("</opt/x", false)]
    public void A_folder_of_a_machine_is_told_from_other_slashes(string text, bool isOne) =>
        Assert.Equal(isOne, AbsolutePath().IsMatch(text));

    [
        GeneratedRegex(
            "<img[^>]+src=['\"]data:image/png;base64,[A-Za-z0-9+/=]{200,}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000),
    ]
    private static partial Regex StillPicture();

    /// <summary>Whatever a browser would draw as pixels.</summary>
    [
        GeneratedRegex(
            "<(?:img|image|picture|canvas|object|embed|iframe)[\\s>]|data:image/(?!png)",
            RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
            matchTimeoutMilliseconds: 5_000),
    ]
    private static partial Regex Pictures();

    [GeneratedRegex("<img[^>]+data-covidnotebooks-png", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex StillPicturesOfCharts();

    [GeneratedRegex("<img[^>]+data-covidnotebooks-of-nobody", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex PicturesOfNobody();

    [
        GeneratedRegex(
            @"(?<![\w.:/<])/(?:home|root|tmp|mnt|Users|var|work|opt|srv)/\w",
            RegexOptions.ExplicitCapture,
            matchTimeoutMilliseconds: 5_000),
    ]
    private static partial Regex AbsolutePath();
}
