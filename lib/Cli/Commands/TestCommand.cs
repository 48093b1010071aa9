using System.CommandLine;
using System.Diagnostics;
using CovidNotebooks.Cli.Testing;
using Spectre.Console;

namespace CovidNotebooks.Cli.Commands;

/// <summary><c>kit test</c>: runs every test project and ends with the sum of their counts, alone on the last line.</summary>
internal static class TestCommand
{
    public static Command Create(Checkout checkout, IAnsiConsole console, TimeProvider clock)
    {
        var filter = new Option<string?>("--filter")
        {
            Description = "Run only the tests that match, in the syntax of 'dotnet test --filter'.",
        };
        var noCoverage = new Option<bool>("--no-coverage")
        {
            Description = "Do not measure the line coverage of lib/CovidNotebooks (a little faster); with --filter it is never measured.",
        };
        var longTests = new Option<bool>("--long")
        {
            Description =
                "Run the long tests too: simulations, fuzzing, trainings, the real .NET Interactive kernel. "
                + "Without it they count as skipped.",
        };
        var command = new Command(
            "test",
            "Run all tests and print the line coverage of lib/CovidNotebooks. "
                + "The last line is the sum: N passed, N failed, N skipped.")
        {
            filter, noCoverage, longTests,
        };
        command.SetAction((result, cancellation) =>
        {
            var request = new TestRequest(
                result.GetValue(filter),
                Coverage: !result.GetValue(noCoverage) && result.GetValue(filter) is null,
                Long: result.GetValue(longTests));
            return RunAsync(checkout, console, clock, request, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        Checkout checkout, IAnsiConsole console, TimeProvider clock, TestRequest request, CancellationToken cancellation)
    {
        var results = Path.Combine(checkout.Artifacts, "test-results");
        if (Directory.Exists(results))
        {
            Directory.Delete(results, recursive: true);
        }

        var exitCode = await DotnetTestAsync(
            checkout, results, request, new TestProgress(console.Profile.Out.Writer, clock), clock, cancellation).ConfigureAwait(false);
        var runs = TestResults.Read(results);
        var table = new Table().Border(TableBorder.Rounded).AddColumn("Tests")
            .AddColumns(new[] { "passed", "failed", "skipped", "seconds" }.Select(name => new TableColumn(name).RightAligned()).ToArray());
        foreach (var run in runs)
        {
            table.AddRow(
                Markup.Escape(run.Project),
                $"{run.Passed}",
                run.Failed > 0 ? $"[red]{run.Failed}[/]" : "0",
                $"{run.Skipped}",
                $"{run.Duration.TotalSeconds:F0}");
        }

        console.Write(table);
        foreach (var skipped in runs.SelectMany(run => run.SkippedTests))
        {
            console.WriteLine($"skipped: {skipped}");
        }

        foreach (var failure in runs.SelectMany(run => run.FailedTests))
        {
            Console.Out.WriteLine($"failed: {failure}");
        }

        foreach (var golden in runs.SelectMany(run => run.GoldenFiles))
        {
            console.WriteLine(golden);
        }

        if (request.Coverage)
        {
            console.WriteLine(CoverageSummary.Read(results, "CovidNotebooks")?.ToText("lib/CovidNotebooks")
                ?? "The line coverage of lib/CovidNotebooks was not measured: no test run left a coverage file.");
        }

        // A test host that died leaves no counts behind: its failure must still be seen in the sum.
        var failed = runs.Sum(run => run.Failed);
        var died = exitCode != 0 && failed == 0 ? 1 : 0;
        if (died == 1)
        {
            console.WriteLine("A test run ended without a failed test: a test host died or a build failed; see the output above.");
        }

        Console.Out.WriteLine(
            FormattableString.Invariant(
                $"{runs.Sum(run => run.Passed)} passed, {failed + died} failed, {runs.Sum(run => run.Skipped)} skipped"));
        return failed + died == 0 && runs.Count > 0 ? 0 : 1;
    }

    private static async Task<int> DotnetTestAsync(
        Checkout checkout, string results, TestRequest request, TestProgress progress, TimeProvider clock, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = checkout.Root,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        string[] arguments =
        [
            "test",
            checkout.Solution,
            "--no-build",
            "-c",
            "Release",
            "-m:1",
            "--nologo",
            "-v",
            "quiet",
            "--logger",
            "trx",
            "--logger",
            "console;verbosity=normal",
            "--results-directory",
            results,
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        if (request.Filter is not null)
        {
            start.ArgumentList.Add("--filter");
            start.ArgumentList.Add(request.Filter);
        }

        if (request.Coverage)
        {
            start.ArgumentList.Add("--collect");
            start.ArgumentList.Add("XPlat Code Coverage");
            start.ArgumentList.Add("--settings");
            start.ArgumentList.Add(Path.Combine(checkout.Root, "tests", "coverage.runsettings"));
        }

        if (request.Long)
        {
            start.Environment["COVIDNOTEBOOKS_LONG_TESTS"] = "1";
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException(
            "'dotnet test' could not be started. Is the .NET SDK on the PATH?");
        process.OutputDataReceived += (_, line) => progress.Take(line.Data ?? "");
        process.BeginOutputReadLine();
        using var ticker = clock.CreateTimer(_ => progress.Tell(), state: null, TestProgress.Interval, TestProgress.Interval);
        try
        {
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return process.ExitCode;
    }

    /// <param name="Filter">Which tests, in the syntax of <c>dotnet test --filter</c>; null for all.</param>
    /// <param name="Coverage">Whether line coverage is measured.</param>
    /// <param name="Long">Whether the long tests run.</param>
    private sealed record TestRequest(string? Filter, bool Coverage, bool Long);
}
