using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Files;
using CovidNotebooks.Kernel.Headless;
using Tests.Shared;

namespace Tests.Kernel;

public sealed class PublishTests
{
    private static NotebookFile Executed(string html, string? mimeType = null)
    {
        var notebook = NotebookFile.Create();
        var cell = notebook.Insert(0, CellKind.Code, "1", "a");
        cell.Outputs.Add(
            new JsonObject
            {
                ["data"] = new JsonObject { [mimeType ?? "text/html"] = MultilineText.Write(html) },
                ["metadata"] = new JsonObject(),
                ["output_type"] = "display_data",
            });
        return notebook;
    }

    private static PublishOptions Options(params string[] forbidden) =>
        new() { Path = "unused", ForbiddenStrings = forbidden, PlotlyJsNotice = "Run it & see." };

    private static string Published(string html) =>
        MultilineText.Read(Publisher.Publish(Executed(html), Options()).Cells[0].Outputs[0]!["data"]!["text/html"]);

    [Fact]
    public void Plotly_becomes_a_line() => Assert.Equal(
        "<div><p><em>Run it &amp; see.</em></p></div>after",
        Published("<div><script data-covidnotebooks-plotlyjs>if (a<b && c>d) { x = '</div>'; }\n</script></div>after"));

    [Fact]
    public void Pictures_of_a_dataset_become_the_text_that_stands_for_them() => Assert.Equal(
        "<p>before</p><div data-covidnotebooks-pictures><p>a.png &lt;normal&gt; 0.2</p></div><div>after</div>",
        Published(
            "<p>before</p><div class=\"x\" data-covidnotebooks-pictures data-instead=\"a.png &lt;normal&gt; 0.2\"><div><img "
                + "src='data:image/png;base64,AAAA' alt=\"a > b\"></div><!-- </div> --><div>x</div></div><div>after</div>"));

    [Fact]
    public void Pictures_without_an_end_or_a_text_do_not_stay() => Assert.Equal(
        "<div data-covidnotebooks-pictures><p>Pictures of an image set, which may show patients, are not published.</p></div>",
        Published("<div data-covidnotebooks-pictures=\"\"><img src=\"data:image/png;base64,AAAA\">"));

    [Fact]
    public void What_is_published_already_keeps_its_text()
    {
        var once = Published("<div data-covidnotebooks-pictures data-instead=\"8 pictures &amp; names\"><img></div>");
        Assert.Equal("<div data-covidnotebooks-pictures><p>8 pictures &amp; names</p></div>", once);
        Assert.Equal(once, Published(once));
    }

    [Fact]
    public void A_quote_outside_of_a_value_hides_nothing() => Assert.Equal(
        "<p it's fine><div data-covidnotebooks-pictures><p>text</p></div> it's",
        Published("<p it's fine><div data-covidnotebooks-pictures data-instead=text><img src=\"data:image/png;base64,AAAA\"></div> it's"));

    [Theory]
    [InlineData("<script>write('<div data-covidnotebooks-pictures><img></div>')</script>")]
    [InlineData("<span data-covidnotebooks-pictures><img></span>")]
    [InlineData("<!-- <div data-covidnotebooks-pictures><img></div>")]
    public void Pictures_that_cannot_be_taken_out_are_not_published(string html) =>
        Assert.StartsWith(
            "An output of cell 1 marks pictures",
            Assert.Throws<NotebookException>(() => Published(html)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Charts_keep_their_picture_and_get_a_number_for_a_random_id() => Assert.Equal(
        "<div class=\"covidnotebooks-chart\" id=\"c-chart-1\"><img src=\"data:image/png;base64,AAAA\" "
            + "data-covidnotebooks-png><script>draw('c-chart-1', '#c-chart-2')</script></div>",
        Published(
            "<div class=\"covidnotebooks-chart\" id=\"c-0f8fad5b-d9cb-469f-a165-70867728950e\"><img "
                + "src=\"data:image/png;base64,AAAA\" data-covidnotebooks-png><script>draw('c-0f8fad5b-d9cb-469f-a165-70867728950e', "
                + "'#c-0f8fad5bd9cb469fa16570867728950f')</script></div>"));

    [Theory]
    [InlineData("see /data/xrays/a.png", "/data/xrays", true)]
    [InlineData("see /data/xrays", "/data/xrays/", true)]
    [InlineData("see file:///data/xrays/a.png", "/data/xrays", true)]
    [InlineData("see &#47;data/xrays/a.png", "/data/xrays", true)]
    [InlineData("see /data/xrays2/a.png", "/data/xrays", false)]
    [InlineData("see https://example.org/data/xrays/a.png", "/data/xrays", false)]
    [InlineData("<img src=\"data:image/png;base64,AA/data/xrays/AA==\">", "/data/xrays", false)]
    [InlineData("C:\\Users\\me\\a.png", "C:\\Users\\me", true)]
    [InlineData("anything / at all", "/", false)]
    public void A_place_of_this_machine_is_refused(string output, string forbidden, bool refused)
    {
        foreach (var mimeType in new[] { "text/html", "text/plain" })
        {
            var error = Record.Exception(() => Publisher.Publish(Executed(output, mimeType), Options(forbidden)));
            Assert.Equal(refused, error is NotebookException);
            Assert.True(
                error is null || error.Message.Contains("cell 1 names '" + forbidden.TrimEnd('/') + "'", StringComparison.Ordinal),
                error?.Message);
        }
    }

    [Fact]
    public void Pictures_of_any_size_are_not_searched_for_places()
    {
        var notebook = Executed("x");
        notebook.Cells[0].Outputs.Add(
            new JsonObject
            {
                ["data"] = new JsonObject { ["image/png"] = "/root" },
                ["metadata"] = new JsonObject(),
                ["output_type"] = "display_data",
            });
        Assert.Equal("/root", (string)Publisher.Publish(notebook, Options("/root")).Cells[0].Outputs[1]!["data"]!["image/png"]!);
    }

    [Fact]
    public void A_notebook_with_an_error_is_refused_and_the_executed_one_is_not_changed()
    {
        var notebook = Executed("<script data-covidnotebooks-plotlyjs>x</script>");
        var before = notebook.ToText();
        Publisher.Publish(notebook, Options());
        Assert.Equal(before, notebook.ToText());
        notebook.Cells[0].Outputs.Add(
            new JsonObject { ["ename"] = "E", ["evalue"] = "broke", ["output_type"] = "error", ["traceback"] = new JsonArray() });
        Assert.Equal(
            "Cell 1 ended in an error (broke): a notebook with errors is not published.",
            Assert.Throws<NotebookException>(() => Publisher.Publish(notebook, Options())).Message);
    }

    [Fact]
    public void What_DotNet_Interactive_saved_is_cleaned_of_its_addresses_and_its_charts_are_json()
    {
        var saved = NotebookFile.Read(Path.Combine(Repository.Root, "tests", "Kernel.Tests", "saved-by-dotnet-interactive.ipynb"));
        Assert.Contains("http://192.0.2.", saved.ToText(), StringComparison.Ordinal);
        Assert.Contains("https://cdnjs.cloudflare.com", saved.ToText(), StringComparison.Ordinal);
        Assert.Contains(Data(saved), data => NotebookCell.Text(data["application/vnd.plotly.v1+json"]) is not null);

        var published = Publisher.Publish(saved, Options());

        Assert.All(
            new[] { "192.0.2.", "https://", "dotnet-interactive-this-cell", "/* plotly.js */" },
            trace => Assert.DoesNotContain(trace, published.ToText(), StringComparison.Ordinal));
        Assert.Equal(Data(saved).Count() - 1, Data(published).Count());
        var chart = Assert.Single(Data(published), data => data["application/vnd.plotly.v1+json"] is not null);
        Assert.Equal("heatmap", (string?)chart["application/vnd.plotly.v1+json"]!["data"]![0]!["type"]);
        Assert.Contains("Run it &amp; see.", published.ToText(), StringComparison.Ordinal);

        static IEnumerable<JsonNode> Data(NotebookFile notebook) =>
            notebook.Cells.Where(cell => cell.Kind == CellKind.Code).SelectMany(cell => cell.Outputs).Select(output => output!["data"])
                .OfType<JsonNode>();
    }

    [Fact]
    public async Task A_run_publishes_only_when_it_may()
    {
        using var folder = new TemporaryFolder();
        folder.Write("n.ipynb", NotebookOf("Console.Write(\"safe\");").ToText());
        folder.Write("secret.ipynb", NotebookOf("Console.Write(Environment.CurrentDirectory);").ToText());
        var options = new HeadlessOptions
        {
            NotebookPath = folder.File("n.ipynb"),
            OutputPath = folder.File("out.ipynb"),
            Publish = new PublishOptions { Path = folder.File("n.ipynb"), ForbiddenStrings = [folder.Path] },
        };
        var first = await NotebookRunner.RunAsync(options, new RunObserver());
        Assert.Equal(RunStatus.Succeeded, first.Status);
        var text = File.ReadAllText(folder.File("n.ipynb"));
        Assert.Contains("safe", text, StringComparison.Ordinal);
        await NotebookRunner.RunAsync(options, new RunObserver());
        Assert.Equal(text, File.ReadAllText(folder.File("n.ipynb")));
        var refused = await NotebookRunner.RunAsync(
            options with
            {
                NotebookPath = folder.File("secret.ipynb"),
                Publish = new PublishOptions { Path = folder.File("published.ipynb"), ForbiddenStrings = [folder.Path] },
            },
            new RunObserver());
        Assert.Equal((RunStatus.PublishRefused, 1), (refused.Status, refused.ExitCode));
        Assert.False(File.Exists(folder.File("published.ipynb")));
    }

    private static NotebookFile NotebookOf(string source)
    {
        var notebook = NotebookFile.Create();
        notebook.Insert(0, CellKind.Code, source, "a");
        return notebook;
    }
}
