using System.Globalization;
using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Formatting;
using CovidNotebooks.Kernel.Headless;
using CovidNotebooks.Kernel.Jupyter.Requests;
using CovidNotebooks.Kernel.Jupyter.Wire;
using CovidNotebooks.Kernel.Session;

namespace CovidNotebooks.Kernel.Jupyter;

/// <summary>
/// Publishes what one cell puts out: text in batches, no display more often than a person can see, nothing lost, in order.
/// </summary>
internal sealed class CellOutput
{
    private readonly EventQueue events = new();
    private readonly Dictionary<string, long> updated = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ValueUpdated> pending = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource closed = new();
    private readonly MessageSender sender;
    private readonly JupyterMessage request;
    private readonly int number;
    private readonly JupyterKernelOptions options;
    private readonly bool silent;
    private readonly Task pumping;

    public CellOutput(MessageSender sender, JupyterMessage request, int number, bool silent, JupyterKernelOptions options)
    {
        (this.sender, this.request, this.number, this.silent, this.options) = (sender, request, number, silent, options);
        pumping = Task.Run(PumpAsync);
    }

    public static JsonObject Data(MimeBundle bundle)
    {
        var data = new JsonObject();
        foreach (var (type, content) in bundle.Content)
        {
            data[type] = MimeBundle.IsJson(type) ? MimeBundle.Json(content) : content;
        }

        return data;
    }

    /// <summary>
    /// The content of an error: what happened, in which cell and line, the line itself, and the frames of the person's own code.
    /// </summary>
    public static JsonObject Error(CellError error, string code, string label)
    {
        var lines = error.Traceback.ToList();
        if (error.Line is { } line && code.ReplaceLineEndings("\n").Split('\n') is var text && line <= text.Length)
        {
            lines.Insert(0, string.Create(CultureInfo.InvariantCulture, $"{label}, line {line}:  {text[line - 1].Trim()}"));
        }
        else
        {
            lines.Insert(0, label + ":");
        }

        return RequestHandlers.Error(error.Name, error.Message, lines);
    }

    public void Put(CellEvent cellEvent)
    {
        if (cellEvent is RecoveryNoted note)
        {
            options.Watcher?.Noted(note.Text);
        }
        else if (!silent && cellEvent is not ProgressMade)
        {
            events.Put(cellEvent);
        }
    }

    /// <summary>The cell has ended: sends the rest.</summary>
    public async Task CloseAsync()
    {
        events.Close();
        await closed.CancelAsync().ConfigureAwait(false);
        await pumping.ConfigureAwait(false);
        closed.Dispose();
    }

    private async Task PumpAsync()
    {
        var next = events.TakeAsync();
        while (true)
        {
            try
            {
                if (await next.WaitAsync(UntilUpdate()).ConfigureAwait(false) is not { } batch)
                {
                    break;
                }

                foreach (var cellEvent in batch)
                {
                    Publish(cellEvent);
                }

                // What comes in meanwhile is joined to one message.
                await Task.Delay(options.StreamInterval, closed.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                next = events.TakeAsync();
            }
            catch (TimeoutException)
            {
                PublishUpdates(all: false);
            }
        }

        PublishUpdates(all: true);
    }

    private TimeSpan UntilUpdate() => pending.Count == 0
        ? Timeout.InfiniteTimeSpan
        : pending.Keys.Select(UntilUpdate).Min();

    private TimeSpan UntilUpdate(string displayId)
    {
        var left = options.UpdateInterval - TimeProvider.System.GetElapsedTime(updated[displayId]);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void PublishUpdates(bool all)
    {
        foreach (var update in pending.Values.Where(update => all || UntilUpdate(update.DisplayId) == TimeSpan.Zero).ToList())
        {
            pending.Remove(update.DisplayId);
            PublishUpdate(update);
        }
    }

    private void PublishUpdate(ValueUpdated update)
    {
        updated[update.DisplayId] = TimeProvider.System.GetTimestamp();
        Publish("update_display_data", Shown(update.DisplayId, update.Bundle));
    }

    private void Publish(CellEvent cellEvent)
    {
        switch (cellEvent)
        {
            case StreamWritten written:
                Publish(
                    "stream",
                    new JsonObject { ["name"] = written.Stream == CellStream.Out ? "stdout" : "stderr", ["text"] = written.Text });
                break;
            case ValueDisplayed displayed:
                Publish("display_data", Shown(displayed.DisplayId, displayed.Bundle));
                break;
            case ValueUpdated updated when this.updated.ContainsKey(updated.DisplayId) && UntilUpdate(updated.DisplayId) > TimeSpan.Zero:
                pending[updated.DisplayId] = updated;
                break;
            case ValueUpdated updated:
                pending.Remove(updated.DisplayId);
                PublishUpdate(updated);
                break;
            case ValueReturned returned:
                Publish(
                    "execute_result",
                    new JsonObject { ["data"] = Data(returned.Bundle), ["metadata"] = new JsonObject(), ["execution_count"] = number });
                break;
            case OutputCleared cleared:
                Publish("clear_output", new JsonObject { ["wait"] = cleared.Wait });
                break;
            case ErrorRaised raised:
                PublishUpdates(all: true);
                var error = Error(raised.Error, request.Text("code"), "cell " + number.ToString(CultureInfo.InvariantCulture));
                error.Remove("status");
                Publish("error", error);
                break;
            default:
                break;
        }
    }

    private static JsonObject Shown(string displayId, MimeBundle bundle) => new()
    {
        ["data"] = Data(bundle),
        ["metadata"] = new JsonObject(),
        ["transient"] = new JsonObject { ["display_id"] = displayId },
    };

    private void Publish(string type, JsonObject content) => sender.Publish(type, content, request.Header);
}
