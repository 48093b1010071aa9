using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
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
                memory) echo '{"peak_megabytes": 7, "process_megabytes": 5}' ;;
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
            (3, 100, 1, 1, 7, 5),
            (
                theirs["epoch_seconds"]!.GetValue<double>(),
                theirs["first_epoch_seconds"]!.GetValue<double>(),
                theirs["pipeline_seconds"]!.GetValue<double>(),
                theirs["model_seconds"]!.GetValue<double>(),
                theirs["peak_megabytes"]!.GetValue<double>(),
                theirs["process_megabytes"]!.GetValue<double>()));
        Assert.Equal(ours["epoch_seconds"]!.GetValue<double>() / 3, result["ratio"]!.GetValue<double>(), 12);
        Assert.Null(result["tuned_peer"]);
        Assert.All(
            ["epoch_seconds", "pipeline_seconds", "model_seconds", "start_seconds", "peak_megabytes"],
            key => Assert.InRange(ours[key]!.GetValue<double>(), 1e-6, 1e5));
        Assert.Contains("cores", result["cpu"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("ratio", output.ToString(), StringComparison.Ordinal);
    }

    [ShellFact]
    public void A_tuned_peer_is_measured_beside_the_plain_one_with_its_own_job_and_allocator()
    {
        // The epoch of the fake peer takes 4 s; where the job says that it is tuned and the allocator is set, 2 s, in bfloat16 1 s.
        var peer = Script("""
            echo '{"torch": "9.9"}'
            grep -q '"tuned": true' "$2" && test "$MALLOC_TRIM_THRESHOLD_" = 2147483647 && epoch=2 || epoch=4
            grep -q '"bfloat16": true' "$2" && epoch=$((epoch / 2))
            while read asked
            do
              echo "{\"seconds\": $epoch, \"peak_megabytes\": 7, \"process_megabytes\": 5}"
            done
            """);
        var json = Path.Combine(folder.FullName, "speed.json");
        Assert.Equal(
            0,
            Bench(
                "--document", "5", "--phantoms", "8", "--batches", "1", "--epochs", "1", "--peer", $"sh {peer}", "--tuned",
                "--bfloat16", "--profile", "--json", json));

        var file = JsonNode.Parse(File.ReadAllText(json))!;
        Assert.Equal("1", file["tuned_environment"]!["MALLOC_ARENA_MAX"]!.GetValue<string>());
        var result = file["documents"]!.AsArray().Single()!;
        var ours = result["ours"]!["epoch_seconds"]!.GetValue<double>();
        Assert.Equal(ours / 4, result["ratio"]!.GetValue<double>(), 12);
        Assert.Equal(ours / 2, result["tuned_ratio"]!.GetValue<double>(), 12);
        var rounded = result["ours_bfloat16"]!["epoch_seconds"]!.GetValue<double>();
        Assert.Equal(rounded / 4, result["bfloat16_ratio"]!.GetValue<double>(), 12);
        Assert.Equal(rounded, result["tuned_bfloat16_ratio"]!.GetValue<double>(), 12);

        // By hand: 2 x (148² x 32 x 27 + 72² x 64 x 288 + 34² x 64 x 576 + 18496 x 128 + 128 x 2); the first layer's input needs no
        // gradient.
        var profile = result["profile"]!;
        const double First = 2.0 * 148 * 148 * 32 * 27;
        const double All = First + (2.0 * ((72 * 72 * 64 * 288) + (34 * 34 * 64 * 576) + (18496 * 128) + 256));
        Assert.Equal(All / 1e9, profile["forward_gflop"]!.GetValue<double>(), 9);
        Assert.Equal(((2 * All) - First) / 1e9, profile["backward_gflop"]!.GetValue<double>(), 9);
        Assert.All(
            ["wait_seconds", "forward_seconds", "backward_seconds", "step_seconds", "peak_gflops", "achieved_gflops"],
            key => Assert.InRange(profile[key]!.GetValue<double>(), 1e-9, 1e6));

        // What was written is read back, and says that it was cut.
        var table = SpeedTable.Of(BenchmarkFile.Read(json));
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"| {ours / 4:F2} | {ours / 2:F2} | {rounded / 4:F2} |"), table,
            StringComparison.Ordinal);
        Assert.Contains("cut to 1 batch: ", table, StringComparison.Ordinal);
        Assert.Contains("phantoms", table, StringComparison.Ordinal);
    }

    [ShellFact]
    public void Documents_may_be_measured_one_after_the_other_into_one_file()
    {
        var json = Path.Combine(folder.FullName, "speed.json");
        int Measured(string document) => Bench(
            "--document", document, "--phantoms", "8", "--batches", "1", "--epochs", "1", "--peer", "none", "--json", json);
        Assert.Equal((0, 0), (Measured("5"), Measured("2")));
        var first = BenchmarkFile.Read(json);
        Assert.Equal([2, 5], first.Documents.Select(result => result.Document));

        Assert.Equal(0, Measured("5"));
        var again = BenchmarkFile.Read(json);
        Assert.Equal(first.Documents[0], again.Documents[0]);
        Assert.True(again.Documents[1].Date > first.Documents[1].Date);

        File.WriteAllText(json, "{}");
        Assert.Equal(2, Measured("5"));
        Assert.Equal("{}", File.ReadAllText(json));
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
        new BenchmarkJob(5, ["a", "b"], [image], [image], 1, 1, 1, 2, 1).Write(job);
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
