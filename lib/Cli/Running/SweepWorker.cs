using System.Globalization;
using CovidNotebooks.Kernel.Files;
using CovidNotebooks.Kernel.Headless;
using CovidNotebooks.Runs;
using CovidNotebooks.Runs.Sweeps;

namespace CovidNotebooks.Cli.Running;

/// <summary>Computes items of a sweep, each in a process of its own, and gathers what their runs stored.</summary>
internal sealed class SweepWorker(SweepPlan plan, string root, KitProcess process, TimeProvider clock)
{
    private readonly SweepFolder folder = new(root, clock);

    /// <summary>All items as they stand.</summary>
    public SweepTable Table() => SweepTable.Of(folder, plan.Items());

    /// <summary>Computes every item that has not finished and that no other process is at.</summary>
    /// <param name="parallel">How many at once.</param>
    /// <param name="told">Told of each that has ended.</param>
    /// <param name="cancellation">Ends those that run and begins no other.</param>
    public async Task RunAsync(int parallel, Action<SweepOutcome> told, CancellationToken cancellation)
    {
        var gate = new Lock();
        var several = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellation };
        await Parallel.ForEachAsync(plan.Items(), several, async (item, stop) =>
        {
            if (await RunAsync(item, stop).ConfigureAwait(false) is { } outcome)
            {
                lock (gate)
                {
                    told(outcome);
                }
            }
        }).ConfigureAwait(false);
    }

    /// <summary>Computes one item.</summary>
    /// <param name="item">Which.</param>
    /// <param name="cancellation">Ends it; it is begun anew by the next call.</param>
    /// <returns>How it ended; null where it had finished before, or another process is at it.</returns>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public async Task<SweepOutcome?> RunAsync(SweepItem item, CancellationToken cancellation)
    {
        using var claim = folder.TryClaim(item);
        if (claim is null)
        {
            return null;
        }

        var name = $"{Path.GetFileName(folder.Root)}/{item.Key}";
        var log = Path.Combine(Directory.CreateDirectory(Path.Combine(folder.Root, "logs")).FullName, item.Key + ".log");
        int exitCode;
        var last = "";
        await using (var written = TextWriter.Synchronized(File.CreateText(log)))
        {
            exitCode = await process.RunAsync(plan.Call(item, folder.Root), cancellation, line =>
            {
                last = string.IsNullOrWhiteSpace(line) ? last : line.Trim();
                written.WriteLine(line);
                written.Flush();
            }, name).ConfigureAwait(false);
        }

        cancellation.ThrowIfCancellationRequested();
        if (exitCode == 0)
        {
            return claim.Finish(ResultsOf(name));
        }

        var dead = exitCode is 1 or 2 or 130 ? null
            : DeadRun.Mark(SweepPlan.Output(item, folder.Root), cell => DeathNotice.Text(exitCode, cell, checkpoint: null));
        var place = dead is null ? ""
            : string.Create(CultureInfo.InvariantCulture, $" in cell {dead.Cell.CodeNumber} of {dead.Cell.CodeCount}");
        return claim.Fail(exitCode is 1 or 2 or 130
            ? $"{ErrorOf(SweepPlan.Output(item, folder.Root)) ?? last} (the whole output: {Path.GetRelativePath(folder.Root, log)})"
            : $"The process died ({DeathNotice.Cause(exitCode)}){place}.");
    }

    /// <summary>The first line of the error that ended an executed notebook; null where it has none.</summary>
    private static string? ErrorOf(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return NotebookFile.Read(path).Cells.Where(cell => cell.Kind == CellKind.Code).SelectMany(cell => cell.Outputs)
                .LastOrDefault(output => (string?)output?["output_type"] == "error") is { } error
                    ? $"{(string?)error["ename"]}: {((string?)error["evalue"])?.Split('\n')[0]}"
                    : null;
        }
        catch (NotebookException)
        {
            return null;
        }
    }

    /// <summary>
    /// What the finished runs of an item stored; where there are several, each result behind its run's name. An earlier attempt's runs give
    /// way to the last.
    /// </summary>
    private Dictionary<string, double> ResultsOf(string item)
    {
        var runs = new RunStore(plan.Runs, clock).List()
            .Where(run => run.Environment?.Item == item && run.Status == CovidNotebooks.Runs.RunStatus.Finished)
            .GroupBy(run => run.Name, StringComparer.Ordinal).Select(same => same.Last()).ToList();
        return runs.SelectMany(
            run => run.Results.Select(result => (Name: runs.Count == 1 ? result.Key : $"{run.Name}.{result.Key}", result.Value)))
            .ToDictionary(result => result.Name, result => result.Value, StringComparer.Ordinal);
    }
}
