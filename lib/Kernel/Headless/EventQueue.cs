using System.Text;
using CovidNotebooks.Kernel.Session;

namespace CovidNotebooks.Kernel.Headless;

/// <summary>
/// Between a cell's threads and the runner. Putting never waits, so that a cell cannot hang on whoever follows the run; what comes
/// faster than it is taken is joined: text with text, an update with the update before it.
/// </summary>
internal sealed class EventQueue
{
    private readonly Lock gate = new();
    private readonly SemaphoreSlim available = new(0, 1);
    private List<CellEvent> events = [];
    private StringBuilder? text;
    private bool closed;

    public void Put(CellEvent cellEvent)
    {
        lock (gate)
        {
            Join(cellEvent);
            Signal();
        }
    }

    public void Close()
    {
        lock (gate)
        {
            closed = true;
            Signal();
        }
    }

    /// <summary>Waits for events and takes all of them; null when the queue is closed and empty.</summary>
    public async Task<IReadOnlyList<CellEvent>?> TakeAsync()
    {
        while (true)
        {
            await available.WaitAsync().ConfigureAwait(false);
            lock (gate)
            {
                SealText();
                if (events.Count > 0)
                {
                    var taken = events;
                    events = [];
                    if (closed)
                    {
                        Signal();
                    }

                    return taken;
                }

                if (closed)
                {
                    Signal();
                    return null;
                }
            }
        }
    }

    private void Join(CellEvent cellEvent)
    {
        switch (cellEvent, events.Count > 0 ? events[^1] : null)
        {
            case (StreamWritten next, StreamWritten last) when next.Stream == last.Stream:
                (text ??= new StringBuilder(last.Text)).Append(next.Text);
                break;
            case (ValueUpdated next, ValueUpdated last) when next.DisplayId == last.DisplayId:
                events[^1] = next;
                break;
            default:
                SealText();
                events.Add(cellEvent);
                break;
        }
    }

    private void SealText()
    {
        if (text is not null)
        {
            events[^1] = (StreamWritten)events[^1] with { Text = text.ToString() };
            text = null;
        }
    }

    private void Signal()
    {
        if (available.CurrentCount == 0)
        {
            available.Release();
        }
    }
}
