using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using CovidNotebooks.Cli;
using CovidNotebooks.Cli.Benchmarking;
using CovidNotebooks.Cli.Commands;
using Spectre.Console;

namespace Tests.Cli.Commands;

public sealed class BenchCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("bench-test-");
    private readonly StringWriter output = new();

    public void Dispose() => folder.Delete(recursive: true);

    [ShellFact]
    public void The_ratio_is_our_median_epoch_divided_by_the_peers()
    {
        // The first epoch of the fake peer is long; the next three take 4, 2 and 3 s by its own account.
        var peer = Script("""
            echo '{"torch": "9.9"}'
            set -- 100 4 2 3
            while read asked
            do
              case $asked in
                epoch) echo "{\"seconds\": $1}"; shift ;;
                memory) echo '{"peak_megabytes": 7}' ;;
                *) echo '{"seconds": 1}' ;;
              esac
            done
            """);
        var json = Path.Combine(folder.FullName, "speed.json");
        Assert.Equal(
            0, Bench("--document", "5", "--phantoms", "8", "--batches", "1", "--epochs", "3", "--peer", $"sh {peer}", "--json", json));

        var result = JsonNode.Parse(File.ReadAllText(json))!["documents"]!.AsArray().Single()!;
        var (ours, theirs) = (result["ours"]!, result["peer"]!);
        Assert.Equal((5, "9.9"), (result["document"]!.GetValue<int>(), result["torch"]!.GetValue<string>()));
        Assert.Equal(
            (3, 100, 1, 1, 7),
            (
                theirs["epoch_seconds"]!.GetValue<double>(),
                theirs["first_epoch_seconds"]!.GetValue<double>(),
                theirs["pipeline_seconds"]!.GetValue<double>(),
                theirs["model_seconds"]!.GetValue<double>(),
                theirs["peak_megabytes"]!.GetValue<double>()));
        Assert.Equal(ours["epoch_seconds"]!.GetValue<double>() / 3, result["ratio"]!.GetValue<double>(), 12);
        Assert.All(
            ["epoch_seconds", "pipeline_seconds", "model_seconds", "start_seconds", "peak_megabytes"],
            key => Assert.InRange(ours[key]!.GetValue<double>(), 1e-6, 1e5));
        Assert.Contains("cores", result["cpu"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("ratio", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--document is '6'; expected a whole number from 1 to 5.", "--document", "6")]
    [InlineData("--epochs is 'few'; expected a whole number of at least 1.", "--epochs", "few")]
    [InlineData("--data and --phantoms exclude each other", "--data", ".", "--phantoms", "8")]
    [InlineData("--peer is empty", "--peer", " ")]
    [InlineData("is not in the data folder", "--document", "5", "--data", "no-such-folder", "--peer", "none")]
    public void Bad_input_is_one_sentence_and_exit_code_2(string sentence, params string[] arguments)
    {
        Assert.Equal(2, Bench(arguments));
        Assert.Contains(
            sentence, string.Join(' ', output.ToString().Split('\n', StringSplitOptions.TrimEntries)), StringComparison.Ordinal);
    }

    [ShellFact]
    public void A_peer_that_ends_is_told_with_its_last_line()
    {
        var peer = Script("echo 'ModuleNotFoundError: no torch' >&2; exit 3");
        Assert.Equal(2, Bench("--document", "5", "--phantoms", "8", "--peer", $"sh {peer}"));
        Assert.Contains("The peer ended (exit code 3)", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("no torch", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Help_shows_the_whole_verb()
    {
        var text = new StringWriter();
        var root = new RootCommand
        {
            BenchCommand.Create(Checkout, Plain(output), TimeProvider.System),
            BenchCommand.CreateOurSide(TimeProvider.System),
        };
        Assert.Equal(0, root.Parse(["bench", "--help"]).Invoke(new InvocationConfiguration { Output = text }));
        Assert.Matches(@"Usage:\s+\S+ bench \[options\]", text.ToString());
        text.GetStringBuilder().Clear();
        root.Parse(["--help"]).Invoke(new InvocationConfiguration { Output = text });
        Assert.DoesNotContain(Benchmark.OurSideCommand, text.ToString(), StringComparison.Ordinal);
    }

    [ShellFact]
    public void Waiting_threads_of_libtorch_give_their_cores_back()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // The setting is that of GNU's OpenMP.
        }

        BenchmarkImage image = new(Path.Combine(folder.FullName, "none.png"), 0);
        var job = Path.Combine(folder.FullName, "job.json");
        new BenchmarkJob(5, ["a", "b"], [image], [image], 1, 1, 1, 2, 1, Tuned: false).Write(job);
        var start = new ProcessStartInfo("dotnet", [typeof(Benchmark).Assembly.Location, Benchmark.OurSideCommand, job])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("GOMP_SPINCOUNT");
        start.Environment.Remove("OMP_WAIT_POLICY");
        start.Environment["OMP_DISPLAY_ENV"] = "verbose"; // OpenMP says what it has read.
        using var side = Process.Start(start)!;
        side.StandardInput.Close();
        Assert.Contains("GOMP_SPINCOUNT = '1000'", side.StandardError.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_median_of_an_even_number_is_the_mean_of_the_middle_two()
    {
        Assert.Equal(2, Benchmark.Median([3, 1, 2]));
        Assert.Equal(2.5, Benchmark.Median([9, 3, 1, 2]));
    }

    private static Checkout Checkout => CovidNotebooks.Cli.Checkout.Find(null, AppContext.BaseDirectory);

    private int Bench(params string[] arguments) =>
        BenchCommand.Create(Checkout, Plain(output), TimeProvider.System).Parse(arguments).Invoke();

    private string Script(string text)
    {
        var path = Path.Combine(folder.FullName, "peer.sh");
        File.WriteAllText(path, text);
        return path;
    }

    private static IAnsiConsole Plain(TextWriter writer)
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(writer),
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
            });
        console.Profile.Width = 160;
        return console;
    }

    private sealed class ShellFactAttribute : FactAttribute
    {
        public ShellFactAttribute() => Skip = OperatingSystem.IsWindows() ? "the peers of these tests are shell scripts" : null;
    }
}
