using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Files;
using CovidNotebooks.Kernel.Headless;

namespace Tests.Kernel;

public sealed class ChartPictureTests : IDisposable
{
    // Stands for plotly.js: draws a canvas of the size that is asked for, in the colour that the figure names.
    private const string FakePlotly = """
        window.Plotly = { toImage: async (figure, options) => {
          await new Promise(resolve => setTimeout(resolve, 50));
          if (figure.data.length === 0) { throw new Error("nothing to draw"); }
          const canvas = document.createElement("canvas");
          canvas.width = options.width; canvas.height = options.height;
          const context = canvas.getContext("2d");
          context.fillStyle = figure.data[0].color; context.fillRect(0, 0, canvas.width, canvas.height);
          return canvas.toDataURL("image/png");
        } };
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static NotebookFile Notebook(params string[] figures)
    {
        var notebook = NotebookFile.Create();
        notebook.Insert(0, CellKind.Code, "setup", "a").Outputs.Add(
            Output(
                new JsonObject { ["text/html"] = MultilineText.Write($"<script data-covidnotebooks-plotlyjs>\n{FakePlotly}</script>") }));
        foreach (var figure in figures)
        {
            notebook.Cells[0].Outputs.Add(Output(new JsonObject
            {
                ["application/vnd.plotly.v1+json"] = JsonNode.Parse(figure),
                ["text/html"] = MultilineText.Write(
                    "<div class=\"covidnotebooks-chart\"><img alt=\"a > b\" src=\"old\" data-covidnotebooks-png "
                        + "style=\"x\"><script>1</script></div>"),
            }));
        }

        return notebook;
    }

    private static JsonObject Output(JsonObject data) =>
        new() { ["data"] = data, ["metadata"] = new JsonObject(), ["output_type"] = "display_data" };

    private static string Html(NotebookFile notebook, int output) =>
        MultilineText.Read(notebook.Cells[0].Outputs[output]!["data"]!["text/html"]);

    private static (int Width, int Height) SizeOfPng(string html)
    {
        const string start = "<img src=\"data:image/png;base64,";
        var begin = html.IndexOf(start, StringComparison.Ordinal) + start.Length;
        var bytes = Convert.FromBase64String(html[begin..html.IndexOf('"', begin)]);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], bytes[..4]);
        return (
            System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)),
            System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20)));
    }

    [SkippableFact]
    public async Task Every_chart_gets_its_picture_from_one_browser()
    {
        Skip.If(Browser.Find(null) is null, "No chromium or google-chrome on the PATH.");
        var notebook = Notebook(
            """{"data":[{"color":"red"}],"layout":{"height":300}}""", """{"data":[]}""", """{"data":[{"color":"blue"}]}""");
        var notice = await ChartPictures.DrawAsync(notebook, new ChartPictureOptions(), CancellationToken.None);
        Assert.Equal("1 of 3 charts have no picture (Error: nothing to draw).", notice);
        Assert.Equal((700, 300), SizeOfPng(Html(notebook, 1)));
        Assert.Contains("src=\"old\"", Html(notebook, 2), StringComparison.Ordinal);
        Assert.Equal((700, 450), SizeOfPng(Html(notebook, 3)));
        Assert.NotEqual(Html(notebook, 1), Html(notebook, 3));
        Assert.EndsWith(
            " alt=\"a > b\" data-covidnotebooks-png style=\"x\"><script>1</script></div>", Html(notebook, 3), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_chart_that_is_html_only_is_what_its_script_draws()
    {
        Skip.If(Browser.Find(null) is null, "No chromium or google-chrome on the PATH.");
        var notebook = Notebook();
        foreach (
            var script in new[]
            {
                "setTimeout(() => Plotly.newPlot(null, [{ color: 'red' }], { height: 200 }).then(() => "
                    + "document.querySelector('img').remove()), 100)",
                "1",

                // As a folded chart draws itself: when it is opened, not before.
                "const box = document.currentScript.closest('details'); "
                    + "if (box.open) { Plotly.newPlot(null, [{ color: 'blue' }], { height: 250 }); }",
            })
        {
            notebook.Cells[0].Outputs.Add(
                Output(
                    new JsonObject
                    {
                        ["text/html"] = MultilineText.Write(
                            $"<details><div><img data-covidnotebooks-png><script>{script}</script></div></details>"),
                    }));
        }

        Assert.Equal(
            "1 of 3 charts have no picture (Error: its HTML draws nothing).",
            await ChartPictures.DrawAsync(notebook, new ChartPictureOptions(), CancellationToken.None));
        Assert.Equal((700, 200), SizeOfPng(Html(notebook, 1)));
        Assert.DoesNotContain("src", Html(notebook, 2), StringComparison.Ordinal);
        Assert.Equal((700, 250), SizeOfPng(Html(notebook, 3)));
    }

    [Fact]
    public async Task Without_a_browser_or_plotly_there_is_one_line_of_notice()
    {
        var options = new ChartPictureOptions { BrowserPath = folder.File("no-browser") };
        Assert.Equal(
            $"The charts have no pictures: there is no browser {options.BrowserPath}. They show where scripts run.",
            await ChartPictures.DrawAsync(Notebook("""{"data":[]}"""), options, CancellationToken.None));
        var without = Notebook("""{"data":[]}""");
        without.Cells[0].Outputs.RemoveAt(0);
        Assert.Equal(
            "The charts have no pictures: plotly.js is in no output of the notebook.",
            await ChartPictures.DrawAsync(without, options, CancellationToken.None));
        Assert.Null(await ChartPictures.DrawAsync(Notebook(), options, CancellationToken.None));
    }

    [SkippableFact]
    public async Task A_browser_that_fails_or_never_answers_is_given_up()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "The browsers of this test are shell scripts.");
        var fails = Script("fails", "echo cannot open display >&2; exit 3");
        Assert.Equal(
            "1 of 1 charts have no picture (fails ended too early: cannot open display).",
            await ChartPictures.DrawAsync(
                Notebook("""{"data":[]}"""), new ChartPictureOptions { BrowserPath = fails }, CancellationToken.None));
        var hangs = Script("hangs", "sleep 60");
        Assert.Equal(
            "1 of 1 charts have no picture (not done after 0.3 s).",
            await ChartPictures.DrawAsync(
                Notebook("""{"data":[]}"""),
                new ChartPictureOptions { BrowserPath = hangs, TimeLimit = TimeSpan.FromSeconds(0.3) },
                CancellationToken.None));
    }

    private string Script(string name, string commands)
    {
        var path = folder.Write(name, "#!/bin/sh\n" + commands + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return path;
    }
}
