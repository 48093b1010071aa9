using System.CommandLine;
using System.Globalization;
using CovidNotebooks.Cli.Running;
using CovidNotebooks.Display;
using CovidNotebooks.Kernel.Files;
using CovidNotebooks.Runs.Sweeps;
using Spectre.Console;

namespace CovidNotebooks.Cli.Commands;

/// <summary><c>kit sweep</c>: one notebook with several settings and seeds, on this machine or as an array job of Slurm.</summary>
internal static class SweepCommand
{
    private const string JobsFile = "slurm-jobs.txt";

    public static Command Create(Checkout checkout, IAnsiConsole console, TimeProvider clock, KitProcess process)
    {
        var what = new Argument<string>("notebook")
        {
            Description = "The notebook; or the folder of a sweep, to go on with it or to look at it.",
            HelpName = "NOTEBOOK",
        };
        var over = new Option<string[]>("--over")
        {
            Description = "A parameter and its values, name=a,b,c; several are combined each with each.",
            AllowMultipleArgumentsPerToken = false,
        };
        var seeds = new Option<int>("--seeds")
        {
            Description = "Run each with the seeds 1 to N (the notebook's parameter seed). Default: the notebook's own seed.",
        };
        var set = new Option<string[]>("--set")
        {
            Description = "A parameter that all items share, name=value.",
            AllowMultipleArgumentsPerToken = false,
        };
        var data = new Option<string?>("--data")
        {
            Description = "The folder of the image sets. Default: COVIDNOTEBOOKS_DATA, else data/.",
        };
        var phantoms = new Option<bool>("--phantoms")
        {
            Description = "Run on synthetic images, with the parameters that the notebook names for that.",
        };
        var runs = new Option<string?>("--runs")
        {
            Description = "The store that the runs go to; on Slurm a folder that all machines share. Default: runs/.",
        };
        var parallel = new Option<int?>("--parallel")
        {
            Description = "How many items at once. Default: 1; on Slurm as many as there is room for.",
        };
        var slurm = new Option<bool>("--slurm")
        {
            Description = "Write an array job of Slurm for the items that have not finished, and submit it.",
        };
        var slurmOption = new Option<string[]>("--slurm-option")
        {
            Description = "An option of sbatch, for example --slurm-option=--partition=gpu.",
            AllowMultipleArgumentsPerToken = false,
        };
        var status = new Option<bool>("--status") { Description = "Say how the items stand, and run none." };
        var item = new Option<string?>("--item")
        {
            Description = "Compute this item only: what a task of the array job calls.",
            Hidden = true,
        };
        var command = new Command(
            "sweep",
            "Run one notebook with several settings and seeds. What has finished is kept: the same call goes on after an "
                + "interruption and tries again what failed.")
        {
            what, over, seeds, set, data, phantoms, runs, parallel, slurm, slurmOption, status, item,
        };
        command.SetAction(async (result, cancellation) =>
        {
            try
            {
                var (plan, folder) = Planned(result.GetValue(what)!, checkout, () => new SweepPlan
                {
                    Notebook = Path.GetFullPath(result.GetValue(what)!),
                    Over = SweepPlan.ParseOver(result.GetValue(over) ?? []),
                    Seeds = result.GetValue(seeds),
                    Parameters = result.GetValue(set) ?? [],
                    Data = result.GetValue(data) is { } named ? Path.GetFullPath(named) : null,
                    Phantoms = result.GetValue(phantoms),
                    Runs = Path.GetFullPath(result.GetValue(runs) ?? checkout.Runs),
                });
                if (result.GetValue(parallel) is < 1 || plan.Seeds is < 0 or > 10_000)
                {
                    throw new RunRequestException(
                        "--parallel and --seeds are whole numbers of at least 1, --seeds of at most 10,000. "
                            + "Leave them out for the defaults.");
                }

                var worker = new SweepWorker(plan, folder, process, clock);
                var output = console.Profile.Out.Writer;
                return result.GetValue(status) ? await StatusAsync(worker, folder, output, cancellation).ConfigureAwait(false)
                    : result.GetValue(item) is { } key ? await OneAsync(worker, plan, key, output, cancellation).ConfigureAwait(false)
                    : result.GetValue(slurm) ? await SubmitAsync(
                        worker,
                        folder,
                        process,
                        result.GetValue(slurmOption) ?? [],
                        result.GetValue(parallel),
                        output,
                        cancellation).ConfigureAwait(false)
                    : await HereAsync(worker, folder, result.GetValue(parallel) ?? 1, output, cancellation).ConfigureAwait(false);
            }
            catch (Exception problem) when (problem is RunRequestException or NotebookException and not NotebookWriteException)
            {
                console.MarkupLineInterpolated($"[red]{problem.Message}[/]");
                return 2;
            }
        });
        return command;
    }

    /// <summary>
    /// The plan of a folder as it is; else what was asked for, checked before the first item and written into the sweep's folder.
    /// </summary>
    private static (SweepPlan Plan, string Folder) Planned(string what, Checkout checkout, Func<SweepPlan> asked)
    {
        if (Directory.Exists(what))
        {
            var (known, full) = (SweepPlan.Read(what), Path.TrimEndingDirectorySeparator(Path.GetFullPath(what)));
            if (known is null)
            {
                throw new RunRequestException(
                    $"{what} is no folder of a sweep: it holds no sweep.json. Name a notebook, or a folder in runs/sweeps/.");
            }

            return known.Name() == Path.GetFileName(full) ? (known, full)
                : throw new RunRequestException(
                    $"{known.Notebook} has changed since the sweep {what} began: its items would not be comparable. "
                        + "Begin a new sweep with the notebook.");
        }

        if (!File.Exists(what))
        {
            throw new RunRequestException(
                $"There is no notebook {what}, and no folder of that name. Name a notebook in notebooks/, or a folder in runs/sweeps/.");
        }

        var plan = asked();
        if (plan.Over.Count == 0 && plan.Seeds == 0)
        {
            throw new RunRequestException("There is nothing to sweep over: give --over name=a,b,c, or --seeds N, or both.");
        }

        plan.Check(checkout);
        var folder = Path.Combine(checkout.Runs, "sweeps", plan.Name());
        plan.Write(folder);
        return (plan, folder);
    }

    private static async Task<int> HereAsync(
        SweepWorker worker, string folder, int parallel, TextWriter output, CancellationToken cancellation)
    {
        var before = worker.Table();
        output.WriteLine(before.StatusSentence());
        var (all, done) = (before.Outcomes.Count, before.Outcomes.Count(outcome => outcome.Status == SweepStatus.Finished));
        void Tell(SweepOutcome outcome) =>
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{++done}/{all} {outcome.Item.ToText()}: {Words(outcome)}"));
        await worker.RunAsync(parallel, Tell, cancellation).ConfigureAwait(false);
        return Write(worker.Table(), folder, output);
    }

    private static async Task<int> OneAsync(
        SweepWorker worker, SweepPlan plan, string key, TextWriter output, CancellationToken cancellation)
    {
        var item = plan.Items().FirstOrDefault(own => own.Key == key)
            ?? throw new RunRequestException(
                $"The sweep has no item {key} any more: it was called with other values since.");
        var outcome = await worker.RunAsync(item, cancellation).ConfigureAwait(false);
        output.WriteLine($"{item.ToText()}: {(outcome is null ? "finished before, or another process is at it" : Words(outcome))}");
        return outcome?.Status == SweepStatus.Failed ? 1 : 0;
    }

    private static async Task<int> StatusAsync(SweepWorker worker, string folder, TextWriter output, CancellationToken cancellation)
    {
        _ = Write(worker.Table(), folder, output);
        var jobs = Jobs(folder);
        if (jobs.Length > 0)
        {
            var queued = await SlurmArray.QueuedAsync(jobs, cancellation).ConfigureAwait(false);
            output.WriteLine(queued is null ? "Slurm cannot be asked here: squeue is missing or did not answer."
                : queued.Count == 0 ? "No job of the sweep is queued or running."
                : $"Queued or running in Slurm: job {string.Join(", ", queued)}.");
        }

        return 0;
    }

    private static async Task<int> SubmitAsync(
        SweepWorker worker,
        string folder,
        KitProcess process,
        IReadOnlyList<string> options,
        int? parallel,
        TextWriter output,
        CancellationToken cancellation)
    {
        if (await SlurmArray.QueuedAsync(Jobs(folder), cancellation).ConfigureAwait(false) is { Count: > 0 } queued)
        {
            throw new RunRequestException(
                $"--slurm: job {string.Join(", ", queued)} of this sweep is queued or running. "
                    + "Wait until it has ended (--status), or end it with scancel.");
        }

        var table = worker.Table();
        var keys = table.Outcomes.Where(outcome => outcome.Status is not (SweepStatus.Finished or SweepStatus.Running))
            .Select(outcome => outcome.Item.Key).ToList();
        output.WriteLine(table.StatusSentence());
        if (keys.Count == 0)
        {
            output.WriteLine("There is nothing to submit.");
            return table.IsComplete ? Write(table, folder, output) : 0;
        }

        var script = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"array-{Jobs(folder).Length + 1}.sh"));
        Directory.CreateDirectory(Path.Combine(folder, "logs"));
        await File.WriteAllTextAsync(
            script, SlurmArray.Script(
                Path.GetFileName(folder),
                keys,
                [process.FileName, .. process.Arguments, "sweep", folder, "--item"],
                folder,
                options,
                parallel), cancellation).ConfigureAwait(false);
        var job = await SlurmArray.SubmitAsync(script, cancellation).ConfigureAwait(false);
        await File.AppendAllTextAsync(Path.Combine(folder, JobsFile), job + "\n", cancellation).ConfigureAwait(false);
        output.WriteLine(
            $"Job {job}: {DisplayedNumber.Counted(keys.Count, "item", "items")}. './kit sweep "
                + $"{Path.GetRelativePath(Environment.CurrentDirectory, folder)} --status' says how they stand.");
        return 0;
    }

    private static string[] Jobs(string folder) =>
        File.Exists(Path.Combine(folder, JobsFile)) ? [.. File.ReadAllLines(Path.Combine(folder, JobsFile)).Where(line => line.Length > 0)]
        : [];

    private static int Write(SweepTable table, string folder, TextWriter output)
    {
        output.WriteLine();
        output.Write(table.ToPlainText());
        output.WriteLine($"Folder: {Path.GetRelativePath(Environment.CurrentDirectory, folder)}");
        return table.IsComplete ? 0 : 1;
    }

    private static string Words(SweepOutcome outcome) => outcome.Status == SweepStatus.Finished
        ? $"finished in {RunDisplay.Elapsed(TimeSpan.FromSeconds(outcome.Seconds ?? 0))}"
        : $"{outcome.Status.ToString().ToLowerInvariant()}: {outcome.Reason}";
}
