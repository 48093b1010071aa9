using System.CommandLine;
using System.Text.RegularExpressions;
using CovidNotebooks.Cli;
using CovidNotebooks.Cli.Commands;
using CovidNotebooks.Kernel.Files;
using Spectre.Console;

namespace Tests.Cli.Commands;

public sealed partial class ExportCommandTests : IDisposable
{
    private const string Picture = "data:image/png;base64,aGVsbG8=";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("export-command-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_notebook_becomes_one_page_that_asks_for_nothing_else()
    {
        var (exitCode, text) = Kit("export", Saved(Chart("c-chart-1")), "--html", At("page.html"));
        Assert.Equal((0, At("page.html")), (exitCode, text.Trim()));
        var page = File.ReadAllText(At("page.html"));
        Assert.Contains("<title>Lungs &amp; lights</title>", page, StringComparison.Ordinal);
        Assert.Contains("1 &lt; 2", page, StringComparison.Ordinal);
        Assert.Contains("Plotly", page[..page.IndexOf("<body>", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.DoesNotContain("Charts are pictures here", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(AddressPattern(), page[page.IndexOf("<body>", StringComparison.Ordinal)..]);
    }

    [Fact]
    public void Pictures_of_patients_are_left_out_unless_they_are_asked_for()
    {
        var notebook = Saved($"<div data-covidnotebooks-pictures data-instead=\"Twelve X-rays.\"><img src=\"{Picture}\"></div>");
        Kit("export", notebook, "--html", At("page.html"));
        var page = File.ReadAllText(At("page.html"));
        Assert.DoesNotContain(Picture, page, StringComparison.Ordinal);
        Assert.Contains("Twelve X-rays.", page, StringComparison.Ordinal);
        Kit("export", notebook, "--html", At("page.html"), "--with-pictures");
        Assert.Contains(Picture, File.ReadAllText(At("page.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_exported_is_said_in_a_sentence()
    {
        Assert.Equal(2, Kit("export", At("none.ipynb"), "--html", At("page.html")).ExitCode);
        var (exitCode, text) = Kit("export", "no-such-run", "--html", At("page.html"));
        Assert.Equal(2, exitCode);
        Assert.Contains("There is no run no-such-run", text, StringComparison.Ordinal);
        Assert.False(File.Exists(At("page.html")));
    }

    [Fact]
    public void A_saved_notebook_is_published_without_running_it()
    {
        var notebook = Saved($"<p>12 of 20</p><script data-covidnotebooks-plotlyjs>plotly</script>");
        var (exitCode, text) = Kit("publish", notebook, "--output", At("published.ipynb"));
        Assert.Equal((0, At("published.ipynb")), (exitCode, text.Trim()));
        var copy = File.ReadAllText(At("published.ipynb"));
        Assert.Contains("12 of 20", copy, StringComparison.Ordinal);
        Assert.DoesNotContain(">plotly<", copy, StringComparison.Ordinal);
        Assert.Equal(2, Kit("publish", notebook, "--output", notebook).ExitCode);
    }

    [Fact]
    public void A_notebook_that_names_a_place_of_this_machine_or_has_no_outputs_is_not_published()
    {
        var (exitCode, text) = Kit("publish", Saved($"<p>{folder.FullName}/images</p>"), "--output", At("published.ipynb"));
        Assert.Equal(2, exitCode);
        Assert.Contains("a place of this machine", text, StringComparison.Ordinal);
        (exitCode, text) = Kit("publish", Saved(null), "--output", At("published.ipynb"));
        Assert.Equal(2, exitCode);
        Assert.Contains("no outputs", text, StringComparison.Ordinal);
        Assert.False(File.Exists(At("published.ipynb")));
    }

    private static string Chart(string id) =>
        $"<div class=\"covidnotebooks-chart\" id=\"{id}\"><div class=\"covidnotebooks-plot\"></div></div><p><em>Charts are pictures "
            + "here. Run this notebook to see them as interactive charts.</em></p>";

    private string At(string name) => Path.Combine(folder.FullName, name);

    private string Saved(string? html)
    {
        var notebook = NotebookFile.Create();
        notebook.Insert(0, CellKind.Markdown, "# Lungs & lights\n\n<script>alert(1)</script>", "a");
        var code = notebook.Insert(1, CellKind.Code, "1 < 2", "b");
        if (html is not null)
        {
            code.Outputs.Add(new System.Text.Json.Nodes.JsonObject
            {
                ["output_type"] = "display_data",
                ["metadata"] = new System.Text.Json.Nodes.JsonObject(),
                ["data"] = new System.Text.Json.Nodes.JsonObject { ["text/html"] = MultilineText.Write(html) },
            });
        }

        notebook.Save(At("saved.ipynb"));
        return At("saved.ipynb");
    }

    private (int ExitCode, string Text) Kit(params string[] arguments)
    {
        using var written = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(written),
        });
        console.Profile.Width = 400;
        var checkout = new Checkout(folder.FullName);
        var root = new RootCommand
        {
            ExportCommand.Create(checkout, console, TimeProvider.System),
            PublishCommand.Create(checkout, console),
        };
        return (root.Parse(arguments).Invoke(), written.ToString());
    }

    [GeneratedRegex("""(src|href)\s*=\s*["']?(https?:)?//""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex AddressPattern();
}
