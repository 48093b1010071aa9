using CovidNotebooks.Training;

namespace CovidNotebooks.Charts;

/// <summary>
/// Shows a training while it runs: hand it to the trainer as an observer, and it hands a new <see cref="LiveTraining"/> to the notebook's
/// displayed value.
/// </summary>
/// <remarks>When training has ended, what is displayed is the final chart: its subtitle names the best epoch and says why training
/// ended.</remarks>
public sealed class LiveTrainingChart : ITrainingObserver
{
    private readonly int epochs;
    private readonly Action<object> update;
    private readonly TimeProvider clock;
    private readonly TimeSpan interval;
    private readonly string title;
    private readonly bool foldsAtEnd;
    private TrainingHistory? history;
    private TrainingProgress? progress;
    private long lastUpdate;
    private bool hasUpdated;

    /// <summary>A chart that updates a displayed value.</summary>
    /// <param name="epochs">Epochs planned: the width of the horizontal axis.</param>
    /// <param name="update">Takes each new <see cref="LiveTraining"/>; called on the training thread.</param>
    /// <param name="title">What is being trained.</param>
    /// <param name="interval">The shortest time between two updates within an epoch; one second by default. The end of an epoch always
    /// shows.</param>
    /// <param name="clock">The clock for that; the system's by default.</param>
    /// <param name="foldsAtEnd">Whether the chart of a training that has ended is folded; false by default.</param>
    public LiveTrainingChart(int epochs, Action<object> update, string title = DefaultTitle, TimeSpan? interval = null,
        TimeProvider? clock = null, bool foldsAtEnd = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        ArgumentNullException.ThrowIfNull(update);
        this.epochs = epochs;
        this.update = update;
        this.title = title;
        this.interval = interval ?? TimeSpan.FromSeconds(1);
        this.clock = clock ?? TimeProvider.System;
        this.foldsAtEnd = foldsAtEnd;
    }

    /// <summary>The title that is used when none is given.</summary>
    public const string DefaultTitle = "Training";

    /// <summary>What to display before training starts.</summary>
    /// <param name="epochs">Epochs planned.</param>
    /// <param name="title">What is being trained.</param>
    public static LiveTraining Start(int epochs, string title = DefaultTitle) => new(title, epochs, history: null, progress: null);

    /// <summary>Displays the chart and gives the observer that keeps it up to date.</summary>
    /// <param name="epochs">Epochs planned.</param>
    /// <param name="title">What is being trained.</param>
    /// <param name="display">Displays a first value and gives what replaces it; the setup of the notebooks connects it to their
    /// kernel.</param>
    /// <param name="foldsAtEnd">Whether the chart of a training that has ended is folded; false by default.</param>
    public static LiveTrainingChart Show(int epochs, string title, Func<object, Action<object>> display, bool foldsAtEnd = false)
    {
        ArgumentNullException.ThrowIfNull(display);
        return new LiveTrainingChart(epochs, display(Start(epochs, title)), title, foldsAtEnd: foldsAtEnd);
    }

    /// <inheritdoc/>
    public void OnBatch(TrainingProgress progress)
    {
        this.progress = progress;
        if (!hasUpdated || clock.GetElapsedTime(lastUpdate) >= interval)
        {
            Show();
        }
    }

    /// <inheritdoc/>
    public void OnEpoch(TrainingHistory history)
    {
        this.history = history;
        Show();
    }

    private void Show()
    {
        hasUpdated = true;
        lastUpdate = clock.GetTimestamp();
        update(new LiveTraining(title, epochs, history, progress, foldsAtEnd));
    }
}
