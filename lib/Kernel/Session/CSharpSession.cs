using System.Globalization;
using CovidNotebooks.Kernel.Formatting;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;

namespace CovidNotebooks.Kernel.Session;

/// <summary>A C# notebook session: cells run one after another, and each sees what those before it declared.</summary>
/// <remarks>
/// Every cell runs on a thread of its own, so that a cell that does not stop can be left behind. A crash of the process (native code
/// that ends it, a stack overflow) ends the session with it: whoever runs cells keeps what they put out before each next cell.
/// </remarks>
public sealed class CSharpSession
{
    private const int CellStackBytes = 16 << 20;
    private static readonly TimeSpan PoliteTime = TimeSpan.FromMilliseconds(300);
    private static readonly string[] WarmUp =
    [
        """
        using System.Globalization;
        int warm = 1;
        var numbers = new List<int> { 1, 2, 3 }.Where(number => number > warm).Select(number => (number, half: number / 2.0)).ToArray();
        foreach (var (number, half) in numbers) { System.Console.Out.Flush(); }
        $"{warm} of {numbers.Length:N0}"
        """,
        """
        class Warm(int value) { public int Value { get; init; } = value; }
        string Text(Warm given) => given is { Value: > 0 } ? given.Value.ToString(CultureInfo.InvariantCulture) : "none";
        try { warm += Text(new Warm(warm)).Length; } catch (ArgumentException) { warm = 0; }
        warm
        """,
    ];

    private readonly Queue<CellEvent> betweenCells = [];
    private readonly SessionOptions options;
    private readonly CellInterpreter interpreter;
    private readonly Lock sinkLock = new();
    private readonly SemaphoreSlim oneCell = new(1, 1);
    private Action<CellEvent>? sink;
    private bool abandoned;

    /// <summary>Starts a session.</summary>
    /// <param name="options">Its settings.</param>
    public CSharpSession(SessionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        this.options = options;
        interpreter = new CellInterpreter(this, options);
        Formatter.ResetToDefault();
    }

    /// <summary>How many cells have been started.</summary>
    public int CellsRun { get; private set; }

    /// <summary>The variables that the cells have declared, by name; the latest declaration of each.</summary>
    public IReadOnlyList<SessionVariable> Variables => interpreter.Variables;

    internal CellInterpreter Interpreter => interpreter;

    internal SessionOptions Options => options;

    /// <summary>
    /// Makes the compiler ready for what most cells hold (an import, a lambda, a loop, a class, text with values, a value at the end), so
    /// that the first cells start at once. Nothing is put out, nothing is kept; safe to leave running in the background.
    /// </summary>
    public static Task PrewarmAsync() =>
        Task.Run(
            () =>
            {
                var compiler = new SubmissionCompiler(new SessionOptions());
                var states = new object?[4];
                foreach (var (code, number) in WarmUp.Select((code, i) => (code, i)))
                {
                    compiler.Compile(code, string.Create(CultureInfo.InvariantCulture, $"warm-up {number}")).Factory?.Invoke(states)
                        .GetAwaiter().GetResult();
                }
            });

    /// <summary>Runs a cell.</summary>
    /// <param name="code">Its text: C# and magic commands.</param>
    /// <param name="sink">
    /// Is given what the cell puts out, in order, one event at a time, on the cell's own threads; it must return quickly.
    /// </param>
    /// <param name="kernelName">Which language the text starts in: csharp, markdown, html or javascript.</param>
    /// <param name="label">What errors call the cell; null = <c>cell</c> and its number.</param>
    /// <param name="cancellationToken">Interrupts the cell.</param>
    /// <returns>How it ended. Never throws for what the cell does.</returns>
    /// <exception cref="InvalidOperationException">An earlier cell was left behind: the session cannot go on.</exception>
    public async Task<CellResult> RunAsync(
        string code,
        Action<CellEvent> sink,
        string kernelName = "csharp",
        string? label = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(sink);
        await oneCell.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (abandoned)
            {
                throw new InvalidOperationException(
                    "An interrupted cell of this session did not stop and is still running: start a new session.");
            }

            return await RunOneAsync(code, sink, kernelName, label, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            oneCell.Release();
        }
    }

    internal DisplayedValue Display(object? value, string[] mimeTypes)
    {
        var displayed = new DisplayedValue(this, Guid.NewGuid().ToString("D"), mimeTypes, isContent: false);
        Show(value, mimeTypes, bundle => new ValueDisplayed(displayed.DisplayId, bundle));
        return displayed;
    }

    internal DisplayedValue DisplayAs(string value, string[] mimeTypes)
    {
        var displayed = new DisplayedValue(this, Guid.NewGuid().ToString("D"), mimeTypes, isContent: true);
        Emit(new ValueDisplayed(displayed.DisplayId, Content(value, mimeTypes)));
        return displayed;
    }

    internal void Update(string displayId, object? value, string[] mimeTypes) =>
        Show(value, mimeTypes, bundle => new ValueUpdated(displayId, bundle));

    internal void UpdateAs(string displayId, string value, string[] mimeTypes) =>
        Emit(new ValueUpdated(displayId, Content(value, mimeTypes)));

    internal void Return(object? value) => Show(value, [], bundle => new ValueReturned(bundle));

    /// <exception cref="NotSupportedException">Nobody can be asked.</exception>
    internal string ReadInput(InputQuestion question, CancellationToken cancellationToken) => options.ReadInput is { } read
        ? read(question, cancellationToken)
        : throw new NotSupportedException(
            $"The cell asks for input (\"{question.Prompt}\"), and nobody can answer in a headless run. Make the value a parameter: "
                + "declare it in the cell tagged 'parameters' and give it on the command line.");

    internal void WriteStream(CellStream stream, string text)
    {
        if (text.Length > 0)
        {
            Emit(new StreamWritten(stream, text));
        }
    }

    /// <summary>Gives an event to the cell that runs now, or else to the next one: what must not be lost.</summary>
    internal void EmitNowOrNext(CellEvent cellEvent)
    {
        lock (sinkLock)
        {
            if (sink is null)
            {
                betweenCells.Enqueue(cellEvent);
            }
            else
            {
                sink(cellEvent);
            }
        }
    }

    /// <summary>Gives an event to the cell that runs now; what comes after a cell has ended, and before the next starts, is lost.</summary>
    internal void Emit(CellEvent cellEvent)
    {
        lock (sinkLock)
        {
            sink?.Invoke(cellEvent);
        }
    }

    private static MimeBundle Content(string value, string[] mimeTypes) => new(mimeTypes.Select(type => KeyValuePair.Create(type, value)));

    private void Show(object? value, string[] mimeTypes, Func<MimeBundle, CellEvent> shown)
    {
        if (ProgressReport.Of(value) is { } progress)
        {
            Emit(new ProgressMade(progress));
        }

        var bundle = MimeBundle.Of(value, mimeTypes);
        if (bundle.Content.Count > 0)
        {
            Emit(shown(bundle));
        }
    }

    private async Task<CellResult> RunOneAsync(
        string code, Action<CellEvent> sink, string kernelName, string? label, CancellationToken cancellationToken)
    {
        CellsRun++;
        ConsoleRouter.Install();
        ConsoleRouter.RouteInput(options.ReadInput is not null);
        BackgroundExceptions.Install();
        HostServices.Install();
        var started = options.Clock.GetTimestamp();
        lock (sinkLock)
        {
            this.sink = sink;
            while (betweenCells.TryDequeue(out var late))
            {
                sink(late);
            }
        }

        using var interrupt = new CancellationTokenSource();
        var ended = new TaskCompletionSource<CellError?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var name = label ?? "cell " + CellsRun.ToString(CultureInfo.InvariantCulture);
        var context = new KernelInvocationContext(this, interrupt.Token);
        var thread = new Thread(
            () => Report(ended, RunOnThread(code, kernelName, name, context)), CellStackBytes)
        { IsBackground = true, Name = name };
        thread.Start();
        var status = await WaitAsync(ended.Task, thread, interrupt, cancellationToken).ConfigureAwait(false);
        var error = ended.Task.IsCompleted ? await ended.Task.ConfigureAwait(false) : null;
        if (status is CellStatus.Interrupted or CellStatus.Abandoned)
        {
            var message = status == CellStatus.Abandoned ? "The cell was interrupted and did not stop by itself: it was left behind."
                : "The cell was interrupted.";
            error = new CellError("Interrupted", message, error is null ? [message] : [message, .. error.Traceback], error?.Line);
            abandoned = status == CellStatus.Abandoned;
        }
        else if (error is not null)
        {
            status = CellStatus.Failed;
        }

        lock (sinkLock)
        {
            if (error is not null)
            {
                sink(new ErrorRaised(error));
            }

            this.sink = null;
        }

        return new CellResult(status, error, options.Clock.GetElapsedTime(started));
    }

    private async Task<CellStatus> WaitAsync(
        Task ended, Thread thread, CancellationTokenSource interrupt, CancellationToken cancellationToken)
    {
        var interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (cancellationToken.Register(interrupted.SetResult))
        {
            if (await Task.WhenAny(ended, interrupted.Task).ConfigureAwait(false) == ended)
            {
                return CellStatus.Succeeded;
            }
        }

        // Callbacks of the cell's own token are the cell's code: they may block, too.
        CellInterruption.Request();
        _ = Task.Run(interrupt.Cancel, CancellationToken.None);
        _ = WakeAsync(ended, thread);
        return await Task.WhenAny(ended, Task.Delay(options.InterruptGrace, CancellationToken.None)).ConfigureAwait(false) == ended
            ? CellStatus.Interrupted
            : CellStatus.Abandoned;
    }

    /// <summary>Wakes an interrupted cell that waits for something; only then, so that no wait further down is hit by surprise.</summary>
    private async Task WakeAsync(Task ended, Thread thread)
    {
        var until = options.Clock.GetTimestamp();
        while (await Task.WhenAny(ended, Task.Delay(PoliteTime, CancellationToken.None)).ConfigureAwait(false) != ended
            && (options.InterruptGrace == Timeout.InfiniteTimeSpan || options.Clock.GetElapsedTime(until) <= options.InterruptGrace))
        {
            if (thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin))
            {
                thread.Interrupt();
            }
        }
    }

    private CellError? RunOnThread(string code, string kernelName, string label, KernelInvocationContext context)
    {
        KernelInvocationContext.Current = context;
        try
        {
            interpreter.Run(code, kernelName, label);
            return null;
        }
        catch (CellFailedException failure)
        {
            return failure.Error;
        }
        catch (Exception exception)
        {
            return Describe(exception, label);
        }
    }

    private CellError Describe(Exception exception, string label)
    {
        while (true)
        {
            try
            {
                return ErrorFormatter.Describe(exception, interpreter.LoadContext, label);
            }
            catch (ThreadInterruptedException)
            {
                // Woken while the error was being described: once more.
            }
        }
    }

    /// <summary>Says how the cell ended, whatever wakes its thread meanwhile: who waits for the cell must not wait for ever.</summary>
    private static void Report(TaskCompletionSource<CellError?> ended, CellError? error)
    {
        while (!ended.Task.IsCompleted)
        {
            try
            {
                ended.TrySetResult(error);
            }
            catch (ThreadInterruptedException)
            {
                // Once more.
            }
        }
    }
}

/// <summary>A variable of a session.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its declared type.</param>
/// <param name="Value">Its value now.</param>
public sealed record SessionVariable(string Name, Type Type, object? Value);
