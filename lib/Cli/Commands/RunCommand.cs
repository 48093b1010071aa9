using System.CommandLine;
using CovidNotebooks.Cli.Running;
using CovidNotebooks.Kernel.Files;
using CovidNotebooks.Kernel.Headless;
using Spectre.Console;

namespace CovidNotebooks.Cli.Commands;

/// <summary><c>kit run</c>: executes notebooks without an editor and saves them with their outputs.</summary>
internal static class RunCommand
{
    public static Command Create(Checkout checkout, IAnsiConsole console, TimeProvider clock, KitProcess process)
    {
        var notebooks = new Argument<string[]>("notebook")
        {
            Description = "The notebooks to run (.ipynb or .dib).",
            Arity = ArgumentArity.OneOrMore,
        };
        var set = new Option<string[]>("--set")
        {
            Description = "A parameter, name=value; the cell tagged 'parameters' names them all.",
            AllowMultipleArgumentsPerToken = false,
        };
        var data = new Option<string?>("--data")
        {
            Description = "The folder of the image sets. Default: COVIDNOTEBOOKS_DATA, else data/.",
        };
        var phantoms = new Option<bool>("--phantoms")
        {
            Description = "Run in small on synthetic images, "
                + "with the parameters that the notebook names for that; --set wins over them.",
        };
        var external = new Option<string?>("--external")
        {
            Description = "A folder of X-rays from elsewhere, for the notebooks that have a parameter external (04): evaluated at the end.",
        };
        var externalGroups = new Option<string?>("--external-groups")
        {
            Description =
                "The patients of --external: a CSV file and its columns of paths and of patients, FILE:PATH:PATIENT, for example "
                + "groups.csv:filename:patientid.",
        };
        var @out = new Option<string?>("--out")
        {
            Description = "Where the executed notebook goes: a file, or a folder. Default: runs/notebooks/.",
        };
        var inPlace = new Option<bool>("--in-place") { Description = "Write the outputs into the notebook itself." };
        var publish = new Option<bool>("--publish")
        {
            Description =
                "Write it for publication: no plotly.js, no picture of a patient. "
                + "With --in-place its runs are kept in data/published-runs/.",
        };
        var timeLimit = new Option<double?>("--time-limit")
        {
            Description = "The longest that one notebook may take, in seconds. Default: no limit.",
        };
        var command = new Command("run", "Run notebooks from the first cell to the last and save them with their outputs.")
        {
            notebooks,
            set,
            data,
            phantoms,
            external,
            externalGroups,
            @out,
            inPlace,
            publish,
            timeLimit,
        };
        command.SetAction(async (result, cancellation) =>
        {
            try
            {
                var request = new RunRequest
                {
                    Notebooks = result.GetValue(notebooks) ?? [],
                    Parameters = result.GetValue(set) ?? [],
                    Data = result.GetValue(data),
                    Phantoms = result.GetValue(phantoms),
                    External = result.GetValue(external),
                    ExternalGroups = result.GetValue(externalGroups),
                    Out = result.GetValue(@out),
                    InPlace = result.GetValue(inPlace),
                    Publish = result.GetValue(publish),
                    TimeLimit = result.GetValue(timeLimit),
                };
                var plan = RunPlan.Of(request, checkout);
                if (Environment.GetEnvironmentVariable(KitProcess.Variable) != "1")
                {
                    return await LaunchAsync(
                        plan,
                        [.. result.Tokens.Select(token => token.Value)],
                        checkout,
                        console,
                        clock,
                        process,
                        cancellation).ConfigureAwait(false);
                }

                // What a cell starts is no part of this run.
                Environment.SetEnvironmentVariable(KitProcess.Variable, null);
                using var told = KitProcess.UntilTold(Console.OpenStandardInput(), cancellation);
                return await RunAllAsync(plan, checkout, console, clock, told.Token).ConfigureAwait(false);
            }
            catch (Exception problem) when (problem is NotebookException and not NotebookWriteException or RunRequestException)
            {
                console.MarkupLineInterpolated($"[red]{problem.Message}[/]");
                return 2;
            }
        });
        return command;
    }

    /// <summary>
    /// Runs the same call in a process of its own; when that one dies, says in which cell, here and in the notebook's file.
    /// </summary>
    private static async Task<int> LaunchAsync(
        RunPlan plan,
        IReadOnlyList<string> verb,
        Checkout checkout,
        IAnsiConsole console,
        TimeProvider clock,
        KitProcess process,
        CancellationToken cancellation)
    {
        var started = clock.GetUtcNow();
        var exitCode = await process.RunAsync(verb, cancellation).ConfigureAwait(false);
        if (exitCode is 0 or 2 or 130)
        {
            return exitCode;
        }

        foreach (var path in plan.Notebooks.Select(notebook => notebook.OutputPath)
            .Where(path => File.Exists(path) && File.GetLastWriteTimeUtc(path) >= started.UtcDateTime.AddSeconds(-2)))
        {
            if (DeadRun.Mark(path, cell => DeathNotice.Text(exitCode, cell, DeathNotice.Checkpoint(checkout.Runs, started))) is { } dead)
            {
                console.MarkupLineInterpolated(
                    $"[red]{DeathNotice.Text(exitCode, dead.Cell, DeathNotice.Checkpoint(checkout.Runs, started))}[/]");
                var output = Path.GetRelativePath(Environment.CurrentDirectory, path);
                console.MarkupLineInterpolated($"What was put out so far is in {output}, and the cell there holds this error.");
                return 1;
            }
        }

        if (exitCode != 1)
        {
            console.MarkupLineInterpolated($"[red]The process died ({DeathNotice.Cause(exitCode)}) while no cell ran.[/]");
        }

        return 1;
    }

    private static async Task<int> RunAllAsync(
        RunPlan plan, Checkout checkout, IAnsiConsole console, TimeProvider clock, CancellationToken cancellation)
    {
        if (plan.DataFolder is not null)
        {
            Environment.SetEnvironmentVariable("COVIDNOTEBOOKS_DATA", plan.DataFolder);
        }

        var exitCode = 0;
        foreach (var notebook in plan.Notebooks)
        {
            var started = clock.GetUtcNow();
            console.MarkupLineInterpolated($"[bold]{Path.GetRelativePath(Environment.CurrentDirectory, notebook.NotebookPath)}[/]");
            using var display = new RunDisplay(console, clock);
            var result = await NotebookRunner.RunAsync(notebook, display, cancellation).ConfigureAwait(false);
            Report(console, result, notebook);
            if (result.Status == RunStatus.Succeeded && plan.KeepRuns)
            {
                var kept = PublishedRuns.Keep(checkout, Path.GetFileNameWithoutExtension(notebook.NotebookPath), started);
                console.MarkupLineInterpolated($"{kept} run(s) kept in data/published-runs/");
            }

            exitCode = Math.Max(exitCode, result.ExitCode);
            if (result.LeftBehind)
            {
                // The cell's thread cannot be stopped; the file is saved, so leave.
                Environment.Exit(exitCode);
            }

            if (result.Status == RunStatus.Cancelled)
            {
                break;
            }
        }

        return exitCode;
    }

    private static void Report(IAnsiConsole console, RunResult result, HeadlessOptions options)
    {
        var where = Path.GetRelativePath(
            Environment.CurrentDirectory,
            options.Publish is { } publish && result.Status == RunStatus.Succeeded ? publish.Path : result.OutputPath);
        if (result.Status == RunStatus.Succeeded)
        {
            console.MarkupLineInterpolated($"[green]done[/] in {RunDisplay.Elapsed(result.Duration)}: {where}");
            return;
        }

        foreach (var line in result.Error?.Traceback ?? [])
        {
            console.WriteLine(line);
        }

        var cell = result.FailedCell is { } failed ? $" in cell {failed.CodeNumber} of {failed.CodeCount} ({failed.Title})" : "";
        var what = result.Status switch
        {
            RunStatus.TimedOut => "the time limit was reached",
            RunStatus.Cancelled => "cancelled",
            RunStatus.PublishRefused => "not published",
            _ => "failed",
        };
        console.MarkupLineInterpolated($"[red]{what}[/]{cell}. What was put out so far is in {where}");
    }
}
