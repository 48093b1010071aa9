using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Jupyter.Wire;

namespace Tests.Kernel.Jupyter;

public sealed class LanguageTests
{
    private const string Library = """
        namespace Lib
        {
            /// <summary>Trains slowly; see <see cref="Model"/>.</summary>
            public class Model
            {
                /// <summary>Runs the epochs.</summary>
                /// <param name="epochs">How many.</param>
                /// <returns>The last loss.</returns>
                public double Fit(int epochs = 3) => 0;
                public int Layers { get; set; }
                public static Model Load(string path) => new Model();
            }
        }
        """;

    [Theory]
    [InlineData("Console.Bee|", "Beep", 8)]
    [InlineData("model.|", "Fit,Layers", 6)]
    [InlineData("model.\nvar z = 1;", "Fit,Layers", 6)]
    [InlineData("var s = \"☃😀\"; model.La|", "Layers", null)]
    [InlineData("Lib.Model.Lo|", "Load", 10)]
    [InlineData("mode|", "model", 0)]
    [InlineData("model?.La|", "Layers", 7)]
    [InlineData("secret.Lay|", "Layers", 7)]
    [InlineData("foo(model.La|", "Layers", 10)]
    [InlineData("DaTiOf|", "DateTimeOffset", 0)]
    [InlineData("#!who|", "#!who,#!whos", 0)]
    [InlineData("var s = \"mode|", "", null)]
    [InlineData("// mode|", "", null)]
    public async Task Completion_knows_the_sessions_types_and_inserts_plain_names(string code, string expected, int? start)
    {
        await using var kernel = new TestKernel();
        kernel.Client.Run(Declare(kernel));
        var at = code.IndexOf('|', StringComparison.Ordinal) is var bar and >= 0 ? bar : code.IndexOf('\n', StringComparison.Ordinal);
        code = code.Replace("|", "", StringComparison.Ordinal);
        var reply = kernel.Client.Ask(
            "complete_request", new JsonObject { ["code"] = code, ["cursor_pos"] = code[..at].EnumerateRunes().Count() });
        var matches = reply["matches"]!.AsArray().Select(match => (string)match!).ToList();
        Assert.Equal(
            expected.Split(',', StringSplitOptions.RemoveEmptyEntries),
            expected.Length == 0 ? matches : matches.Where(match => expected.Split(',').Contains(match, StringComparer.Ordinal)));
        Assert.DoesNotContain(
            matches, match => match.Contains('(', StringComparison.Ordinal) || match.Contains('$', StringComparison.Ordinal));
        Assert.Equal(start ?? (int)reply["cursor_start"]!, (int)reply["cursor_start"]!);
        Assert.Equal(code[..at].EnumerateRunes().Count(), (int)reply["cursor_end"]!);
    }

    [Fact]
    public async Task Completion_is_filtered_and_says_what_lives_in_a_variable()
    {
        await using var kernel = new TestKernel();
        kernel.Client.Run(Declare(kernel));
        var reply = kernel.Client.Ask("complete_request", new JsonObject { ["code"] = "model.F", ["cursor_pos"] = 7 });
        Assert.Equal(["Fit"], reply["matches"]!.AsArray().Select(match => (string)match!));
        var items = kernel.Client.Ask(
            "complete_request",
            new JsonObject { ["code"] = "secr", ["cursor_pos"] = 4 })["metadata"]!["_jupyter_types_experimental"]!.AsArray();
        Assert.Equal("Model secret", (string?)Assert.Single(items)!["signature"]);
    }

    [Theory]
    [InlineData("model.Fi|t(2)", "double Lib.Model.Fit(int epochs = 3)\n\nRuns the epochs.\n  epochs: How many.\nReturns: The last loss.")]
    [InlineData("model.Fit(|)", "double Lib.Model.Fit(int epochs = 3)\n\nRuns the epochs.\n  epochs: How many.\nReturns: The last loss.")]
    [InlineData("Lib.Mode|l x;", "class Lib.Model\n\nTrains slowly; see Model.")]
    [InlineData("Twice|(3)", "int Twice(int n)\n\nDoubles.")]
    [InlineData("number|", "int number\n\nvalue now: 7")]
    [InlineData("nosuch|", null)]
    [InlineData("|", null)]
    public async Task Inspection_gives_signature_documentation_and_value(string code, string? expected)
    {
        await using var kernel = new TestKernel();
        kernel.Client.Run(Declare(kernel));
        var at = code.IndexOf('|', StringComparison.Ordinal);
        var reply = kernel.Client.Ask(
            "inspect_request",
            new JsonObject { ["code"] = code.Replace("|", "", StringComparison.Ordinal), ["cursor_pos"] = at, ["detail_level"] = 0 });
        Assert.Equal(expected is not null, (bool)reply["found"]!);
        Assert.Equal(expected, (string?)reply["data"]!["text/plain"]);
    }

    [Theory]
    [InlineData("1 + 1", "complete", "")]
    [InlineData("var x = 1;", "complete", "")]
    [InlineData("#!whos", "complete", "")]
    [InlineData("for (;;) {", "incomplete", "    ")]
    [InlineData("for (;;) {\n    if (x) {", "incomplete", "        ")]
    [InlineData("Foo(1,", "incomplete", "    ")]
    [InlineData("1 + )", "invalid", "")]
    public async Task Completeness_tells_a_console_whether_to_run(string code, string status, string indent)
    {
        await using var kernel = new TestKernel();
        var reply = kernel.Client.Ask("is_complete_request", new JsonObject { ["code"] = code });
        Assert.Equal((status, indent), ((string?)reply["status"], (string?)reply["indent"]));
    }

    [Fact]
    public async Task Questions_are_answered_while_a_cell_runs()
    {
        await using var kernel = new TestKernel();
        kernel.Client.Run("int number = 7;");
        var id = kernel.Client.StartCell("System.Threading.Thread.Sleep(-1);");
        Assert.Contains(
            "number",
            kernel.Client.Ask("complete_request", new JsonObject { ["code"] = "numb", ["cursor_pos"] = 4 })["matches"]!.ToJsonString(),
            StringComparison.Ordinal);
        kernel.Client.Ask("interrupt_request", [], KernelChannel.Control);
        Assert.Equal("error", kernel.Client.Answer(id).Status);
    }

    [Fact]
    public async Task History_kernel_info_and_comms_are_answered()
    {
        await using var kernel = new TestKernel();
        kernel.Client.Run("int a = 1;");
        kernel.Client.Run("a + 1");
        kernel.Client.Run("a + 1");
        Assert.Equal(
            """[[1,2,"a \u002B 1"]]""",
            kernel.Client.Ask(
                "history_request",
                new JsonObject
                {
                    ["hist_access_type"] = "range",
                    ["session"] = 0,
                    ["start"] = 2,
                    ["stop"] = 3,
                })["history"]!.ToJsonString());
        Assert.Equal(
            """[[1,3,["a \u002B 1",null]]]""",
            kernel.Client.Ask(
                "history_request",
                new JsonObject
                {
                    ["hist_access_type"] = "search",
                    ["pattern"] = "a*",
                    ["unique"] = true,
                    ["output"] = true,
                    ["n"] = 5,
                })["history"]!.ToJsonString());
        var info = kernel.Client.Ask("kernel_info_request", [], KernelChannel.Control);
        Assert.Equal(
            ("5.4", "C#", ".cs"),
            (
                (string?)info["protocol_version"],
                (string?)info["language_info"]!["name"],
                (string?)info["language_info"]!["file_extension"]));
        Assert.Equal("{}", kernel.Client.Ask("comm_info_request", [])["comms"]!.ToJsonString());
        var id = kernel.Client.Send(
            KernelChannel.Shell,
            "comm_open",
            new JsonObject { ["comm_id"] = "c1", ["target_name"] = "jupyter.widget", ["data"] = new JsonObject() });
        Assert.Equal("c1", (string?)kernel.Client.OutputsOf(id).Single(message => message.Type == "comm_close").Content["comm_id"]);
    }

    private static string Declare(TestKernel kernel)
    {
        var dll = TestLibrary.BuildDocumented(kernel.Folder.File("library"), "Lib", Library);
        return
            $"#r \"{dll}\"\nvar model = new Lib.Model(); dynamic secret = model; int number = 7;\n/// "
            + "<summary>Doubles.</summary>\nint Twice(int n) => 2 * n;";
    }
}
