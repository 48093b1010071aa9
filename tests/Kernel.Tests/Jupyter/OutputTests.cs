using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Files;
using CovidNotebooks.Kernel.Headless;
using CovidNotebooks.Kernel.Jupyter;

namespace Tests.Kernel.Jupyter;

public sealed class OutputTests
{
    [Fact]
    public async Task Twenty_thousand_lines_arrive_in_order_in_few_messages()
    {
        await using var kernel = new TestKernel();
        var cell = kernel.Client.Run("for (int i = 0; i < 20000; i++) Console.WriteLine(i);");
        Assert.Equal(string.Concat(Enumerable.Range(0, 20_000).Select(i => i.ToString(CultureInfo.InvariantCulture) + "\n")), cell.Stdout);
        Assert.True(cell.Outputs.Count < 2000, $"{cell.Outputs.Count} messages");
    }

    [Fact]
    public async Task Streams_and_values_keep_their_order()
    {
        await using var kernel = new TestKernel();
        var cell = kernel.Client.Run("Console.Write(\"a\"); Console.Error.Write(\"b\"); display(1); Console.Write(\"c\"); 2");
        Assert.Equal(
            ["stream:stdout", "stream:stderr", "display_data:", "stream:stdout", "execute_result:"],
            cell.Outputs.Select(message => $"{message.Type}:{message.Content["name"]}"));
    }

    [Fact]
    public async Task Json_types_are_objects_and_others_text()
    {
        await using var kernel = new TestKernel();
        var cell = kernel.Client.Run(
            "\"{\\\"data\\\":[1]}\".DisplayAs(\"application/vnd.plotly.v1+json\"); \"<b>\".DisplayAs(\"text/html\"); "
                + "\"{oops\".DisplayAs(\"application/json\");");
        Assert.Equal(
            """{"data":[1]}""",
            Assert.IsType<JsonObject>(cell.Outputs[0].Content["data"]!["application/vnd.plotly.v1+json"]).ToJsonString());
        Assert.Equal("<b>", (string?)cell.Outputs[1].Content["data"]!["text/html"]);
        Assert.Equal("{oops", (string?)cell.Outputs[2].Content["data"]!["application/json"]);
    }

    [Fact]
    public async Task A_display_is_updated_in_place_a_few_times_a_second_and_its_last_state_arrives()
    {
        await using var kernel = new TestKernel(new JupyterKernelOptions { UpdateInterval = TimeSpan.FromMilliseconds(250) });
        var watch = Stopwatch.StartNew();
        var cell = kernel.Client.Run(
            "var d = display(0); for (int i = 1; i <= 60; i++) { d.Update(i); System.Threading.Thread.Sleep(20); }");
        var updates = cell.Outputs.Where(message => message.Type == "update_display_data").ToList();
        Assert.Equal(
            (string?)cell.Outputs[0].Content["transient"]!["display_id"], (string?)updates[^1].Content["transient"]!["display_id"]);
        Assert.Contains("60", (string?)updates[^1].Content["data"]!["text/html"], StringComparison.Ordinal);
        Assert.InRange(updates.Count, 2, (watch.Elapsed.TotalSeconds * 4) + 2);
    }

    [Fact]
    public async Task Clearing_takes_away_what_a_cell_has_put_out_here_and_in_a_headless_run()
    {
        const string Cell = "Console.Write(\"gone\");\nclear_output(wait: true);\nConsole.Write(\"kept\");";
        await using var kernel = new TestKernel();
        var cell = kernel.Client.Run(Cell);
        Assert.True((bool)cell.Outputs.Single(message => message.Type == "clear_output").Content["wait"]!);
        var notebook = NotebookFile.Create();
        notebook.Insert(0, CellKind.Code, Cell, "a");
        notebook.Save(kernel.Folder.File("n.ipynb"));
        await NotebookRunner.RunAsync(
            new HeadlessOptions
            {
                NotebookPath = kernel.Folder.File("n.ipynb"),
                OutputPath = kernel.Folder.File("out.ipynb"),
                DrawCharts = false,
            },
            new RunObserver());
        var output = Assert.Single(NotebookFile.Read(kernel.Folder.File("out.ipynb")).Cells[0].Outputs);
        Assert.Equal("kept", MultilineText.Read(output!["text"]));
    }
}
