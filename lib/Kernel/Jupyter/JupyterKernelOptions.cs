using CovidNotebooks.Kernel.Session;

namespace CovidNotebooks.Kernel.Jupyter;

/// <summary>Settings of a <see cref="JupyterKernel"/>.</summary>
public sealed record JupyterKernelOptions
{
    /// <summary>
    /// The session's settings. How long an interrupted cell is waited for, and who answers its questions, the kernel decides itself.
    /// </summary>
    public SessionOptions Session { get; init; } = new();

    /// <summary>How long text is collected before it is sent as one message. Default: 50 ms.</summary>
    public TimeSpan StreamInterval { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The shortest time between two updates of one display; the last one always arrives. Default: 250 ms.</summary>
    public TimeSpan UpdateInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>After which time the person who interrupts a cell is told that it has not stopped yet. Default: 2 seconds.</summary>
    public TimeSpan InterruptNotice { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a port that is taken is tried again. Default: 5 seconds.</summary>
    public TimeSpan PortPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Is told what was ignored and why; by default nobody is.</summary>
    public Action<string> Log { get; init; } = _ => { };

    /// <summary>Is told which cell runs, for the message after a crash; null, the default, for nobody.</summary>
    internal Supervision.ICellWatcher? Watcher { get; init; }

    /// <summary>Checks the settings.</summary>
    /// <exception cref="ArgumentException">A time is negative, or the session's settings are wrong.</exception>
    public void Validate()
    {
        Session.Validate();
        var times = new[]
        {
            (nameof(StreamInterval), StreamInterval),
            (nameof(UpdateInterval), UpdateInterval),
            (nameof(InterruptNotice), InterruptNotice),
            (nameof(PortPatience), PortPatience),
        };
        foreach (var (name, time) in times)
        {
            if (time < TimeSpan.Zero)
            {
                throw new ArgumentException($"{name} must not be negative, and it is {time}.", name);
            }
        }
    }
}
