using System.Globalization;
using System.Net;
using System.Text.Json;
using CovidNotebooks.Display;
using CovidNotebooks.Training;

namespace CovidNotebooks.Charts;

/// <summary>A training as it stands at one moment: the curves of the epochs that are over, and how far the running one has come.</summary>
[TypeFormatterSource(typeof(LiveTrainingFormatters), PreferredMimeTypes = ["text/html", FigureFormatters.PlotlyMimeType, "text/plain"])]
public sealed class LiveTraining : IDisplayed
{
    private readonly string title;
    private readonly int epochs;
    private readonly bool foldsAtEnd;

    internal LiveTraining(string title, int epochs, TrainingHistory? history, TrainingProgress? progress, bool foldsAtEnd = false)
    {
        this.title = title;
        this.epochs = epochs;
        this.foldsAtEnd = foldsAtEnd;
        History = history;
        Progress = progress;
        Curves = history is { Epochs.Count: > 0 } ? TrainingCurves.Draw(history, title, Status,
            Math.Max(epochs, history.Epochs[^1].Epoch)) : null;
    }

    /// <summary>The epochs that are over; null before the first has ended.</summary>
    public TrainingHistory? History { get; }

    /// <summary>The running epoch; null before its first batch.</summary>
    public TrainingProgress? Progress { get; }

    /// <summary>The curves so far; null before the first epoch has ended.</summary>
    public Figure? Curves { get; }

    /// <summary>One line: the running epoch, or the one that has just ended, or why training has.</summary>
    public string Status
    {
        get
        {
            if (History is { StopReason: not StopReason.None } ended)
            {
                return ended.Summary;
            }

            if (History?.Last is { } last && last.Epoch >= (Progress?.Epoch ?? 0))
            {
                return Finished(last);
            }

            return Progress is { } now
                ? string.Create(CultureInfo.InvariantCulture,
                    $"epoch {now.Epoch}/{now.Epochs}, batch {now.Batch}/{now.Batches}: loss {now.Loss:0.0000}, accuracy "
                        + $"{now.Accuracy:0.000}, {now.ImagesPerSecond:0} images/s")
                : epochs == 1 ? "1 epoch to train" : $"{epochs} epochs to train";
        }
    }

    /// <inheritdoc/>
    public string ToHtml() => Curves is null
        ? $"<div><b>{WebUtility.HtmlEncode(title)}</b><br>{WebUtility.HtmlEncode(Status)}</div>"
        : foldsAtEnd && History is { StopReason: not StopReason.None } ? Curves.Folded($"{title}: {Status}").ToHtml()
        : Curves.ToHtml();

    /// <inheritdoc/>
    public string ToPlainText() => $"{title}: {Status}\n";

    /// <inheritdoc/>
    public override string ToString() => ToPlainText();

    /// <summary>The curves as plotly JSON; an empty figure before the first epoch has ended.</summary>
    public string ToJson() => Curves?.ToJson() ?? """{"data":[],"layout":{}}""";

    /// <summary>For a progress bar: <c>{"value": batches done, "total": batches in all, "text": status}</c>.</summary>
    public string ToProgressJson() => JsonSerializer.Serialize(new
    {
        value = Progress is { } now ? ((now.Epoch - 1) * (long)now.Batches) + now.Batch : 0,
        total = Progress is { } planned ? planned.Epochs * (long)planned.Batches : 0,
        text = Status,
    });

    private string Finished(EpochRecord epoch)
    {
        var validation = epoch is { ValidationLoss: { } loss, ValidationAccuracy: { } accuracy }
            ? string.Create(CultureInfo.InvariantCulture, $", validation loss {loss:0.0000}, validation accuracy {accuracy:0.000}")
            : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"epoch {epoch.Epoch}/{epochs} done: loss {epoch.Loss:0.0000}, accuracy {epoch.Accuracy:0.000}{validation}, "
                + $"{epoch.Seconds:0.0} s");
    }
}
