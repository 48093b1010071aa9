using System.Runtime.ExceptionServices;
using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Files;
using CovidNotebooks.Kernel.Session;

namespace CovidNotebooks.Kernel.Headless;

/// <summary>One run of one notebook.</summary>
internal sealed class NotebookRun(HeadlessOptions options, NotebookFile notebook, IRunObserver observer)
{
    private readonly OutputCollector collector = new();
    private readonly CSharpSession session = new(new SessionOptions
    {
        WorkingDirectory = options.WorkingDirectory!,
        InterruptGrace = options.InterruptGrace,
        Clock = options.Clock,
        MissingReferenceHint = options.MissingReferenceHint ?? new SessionOptions().MissingReferenceHint,
    });

    private readonly Lock gate = new();
    private long lastSave;
    private NotebookCell? runningCell;
    private ExceptionDispatchInfo? observerFailure;

    public async Task<RunResult> RunAsync(CancellationToken cancellationToken)
    {
        var started = options.Clock.GetTimestamp();
        using var limit = options.TimeLimit is { } time ? new CancellationTokenSource(time, options.Clock) : new CancellationTokenSource();
        ForgetOutputs();
        Save();
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        RunResult result;
        try
        {
            result = await RunCellsAsync(limit.Token, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        }

        Save();
        if (result.Status == RunStatus.Succeeded)
        {
            result = await FinishAsync(result, cancellationToken).ConfigureAwait(false);
        }

        observerFailure?.Throw();
        return result with { Duration = options.Clock.GetElapsedTime(started) };
    }

    /// <summary>
    /// Whoever follows the run cannot end it: an observer that throws is told nothing more, and its exception comes out after the run.
    /// </summary>
    private void Tell(Action<IRunObserver> what)
    {
        if (observerFailure is not null)
        {
            return;
        }

        try
        {
            what(observer);
        }
        catch (Exception exception)
        {
            observerFailure = ExceptionDispatchInfo.Capture(exception);
        }
    }

    private async Task<RunResult> RunCellsAsync(CancellationToken timeLimit, CancellationToken cancellationToken)
    {
        var succeeded = new RunResult(RunStatus.Succeeded, options.OutputPath, TimeSpan.Zero, notebook);
        foreach (var (cell, position) in CellPosition.Of(notebook))
        {
            using var cellLimit = options.CellTimeLimit is { } time ? new CancellationTokenSource(time, options.Clock)
            : new CancellationTokenSource();
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeLimit, cellLimit.Token, cancellationToken);
            var result = await RunCellAsync(cell, position, stop.Token, () => Reason(timeLimit, cellLimit.Token)).ConfigureAwait(false);
            if (result.Status == CellStatus.Succeeded || (result.Status == CellStatus.Failed && cell.Tags.Contains("raises-exception")))
            {
                continue;
            }

            return succeeded with
            {
                Status = result.Status == CellStatus.Failed ? RunStatus.CellFailed
                    : cancellationToken.IsCancellationRequested ? RunStatus.Cancelled
                    : RunStatus.TimedOut,
                FailedCell = position,
                Error = result.Error,
                LeftBehind = result.Status == CellStatus.Abandoned,
            };
        }

        return succeeded;
    }

    private string Reason(CancellationToken timeLimit, CancellationToken cellLimit) =>
        cellLimit.IsCancellationRequested
            ? $"The cell took longer than its limit of {Seconds(options.CellTimeLimit)} and was stopped."
        : timeLimit.IsCancellationRequested
            ? $"The run took longer than its limit of {Seconds(options.TimeLimit)} and was stopped in this cell."
        : "The run was cancelled in this cell.";

    private static string Seconds(TimeSpan? time) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time?.TotalSeconds:0.###} s");

    private async Task<CellResult> RunCellAsync(NotebookCell cell, CellPosition position, CancellationToken stop, Func<string> reason)
    {
        var events = new EventQueue();
        lock (gate)
        {
            collector.Start(cell, position.CodeNumber);
            RunningMark.Set(cell);
            runningCell = cell;
        }

        TrySave();
        Tell(o => o.CellStarted(position));
        var pump = PumpAsync(position, events);
        var result = await session.RunAsync(
            cell.Source,
            cellEvent => events.Put(Explained(cellEvent, stop, reason)),
            cell.KernelName,
            cancellationToken: stop).ConfigureAwait(false);
        events.Close();
        await pump.ConfigureAwait(false);
        result = result with
        {
            Error = result.Error is { } error ? ((ErrorRaised)Explained(new ErrorRaised(error), stop, reason)).Error : null,
        };
        lock (gate)
        {
            RunningMark.Remove(cell);
            runningCell = null;
        }

        TrySave();
        Tell(o => o.CellFinished(position, result));
        return result;
    }

    private static CellEvent Explained(CellEvent cellEvent, CancellationToken stop, Func<string> reason)
    {
        if (cellEvent is not ErrorRaised { Error: { Name: "Interrupted" } error } || !stop.IsCancellationRequested)
        {
            return cellEvent;
        }

        var message = reason();
        return new ErrorRaised(error with { Message = message, Traceback = [message, .. error.Traceback] });
    }

    /// <summary>
    /// Saves soon after a cell has put out something that would be lost in a crash, and seldom while it only replaces what it shows.
    /// </summary>
    private async Task PumpAsync(CellPosition position, EventQueue events)
    {
        var next = events.TakeAsync();
        TimeSpan? mayWait = null; // since the last save; null when all is saved
        while (true)
        {
            var left = mayWait is { } interval ? UntilSave(interval) : Timeout.InfiniteTimeSpan;
            if (left == TimeSpan.Zero)
            {
                TrySave(flush: false);
                mayWait = null;
                continue;
            }

            try
            {
                if (await next.WaitAsync(left, options.Clock).ConfigureAwait(false) is not { } batch)
                {
                    return;
                }

                Take(position, batch);
                mayWait = MayWait(batch, mayWait);
                next = events.TakeAsync();
            }
            catch (TimeoutException)
            {
                // What has come in is saved even when nothing follows it for a long time.
            }
        }
    }

    private TimeSpan? MayWait(IReadOnlyList<CellEvent> batch, TimeSpan? before) =>
        batch.Any(put => put is not (ValueUpdated or ProgressMade)) ? options.AutosaveInterval
        : batch.Any(put => put is ValueUpdated) ? before ?? options.ReplacedInterval
        : before;

    private TimeSpan UntilSave(TimeSpan interval)
    {
        var left = interval - options.Clock.GetElapsedTime(lastSave);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void Take(CellPosition position, IReadOnlyList<CellEvent> batch)
    {
        foreach (var cellEvent in batch)
        {
            if (cellEvent is ProgressMade { Progress: var progress })
            {
                Tell(o => o.Progress(position, progress.Value, progress.Total, progress.Text));
                continue;
            }

            lock (gate)
            {
                collector.Add(cellEvent);
            }

            Tell(o => o.CellOutput(position, cellEvent));
        }
    }

    /// <summary>A run shows nothing of an earlier one: the outputs of every cell that will run are dropped first.</summary>
    private void ForgetOutputs()
    {
        foreach (var cell in notebook.Cells.Where(c => c.Kind == CellKind.Code))
        {
            cell.ExecutionCount = null;
            cell.Json["outputs"] = new JsonArray();
            RunningMark.Remove(cell);
        }
    }

    /// <param name="flush">Wait until the disk has it. Not while a cell runs: the system keeps it when the process dies.</param>
    private void Save(bool flush = true)
    {
        lock (gate)
        {
            collector.Finish();
            notebook.Save(options.OutputPath, flush);
            lastSave = options.Clock.GetTimestamp();
        }
    }

    /// <summary>The process ends while cells run: the file says so, and the exit code does not say that all went well.</summary>
    private void OnProcessExit(object? sender, EventArgs e)
    {
        const string Message = "The process was ended while this cell ran: Environment.Exit was called.";
        Environment.ExitCode = Environment.ExitCode == 0 ? 1 : Environment.ExitCode;
        try
        {
            lock (gate)
            {
                if (runningCell is { } cell)
                {
                    collector.Add(new ErrorRaised(new CellError("ProcessEnded", Message, [Message])));
                    RunningMark.Remove(cell);
                    Save();
                }
            }
        }
        catch (NotebookException)
        {
            // The file stays as it was saved last, with the cell marked as running.
        }
    }

    /// <summary>Saves while the run goes on: a full disk or a file held open by another program does not end hours of work.</summary>
    private void TrySave(bool flush = true)
    {
        try
        {
            Save(flush);
        }
        catch (NotebookException exception)
        {
            lastSave = options.Clock.GetTimestamp();
            Tell(o => o.Notice(exception.Message + " The run goes on and tries again."));
        }
    }

    private async Task<RunResult> FinishAsync(RunResult result, CancellationToken cancellationToken)
    {
        if (options.DrawCharts)
        {
            if (await ChartPictures.DrawAsync(notebook, options.Charts, cancellationToken).ConfigureAwait(false) is { } notice)
            {
                Tell(o => o.Notice(notice));
            }

            Save();
        }

        if (options.Publish is not { } publish)
        {
            return result;
        }

        try
        {
            Publisher.Publish(notebook, publish).Save(publish.Path);
            return result;
        }
        catch (NotebookException exception)
        {
            return result with
            {
                Status = RunStatus.PublishRefused,
                Error = new CellError("PublishRefused", exception.Message, [exception.Message]),
            };
        }
    }
}
