using System.Text;
using CovidNotebooks.Kernel.Session;

namespace CovidNotebooks.Kernel.Headless;

/// <summary>
/// Between a cell's threads and the runner. Putting never waits, so that a cell cannot hang on whoever follows the run; what comes
/// faster than it is taken is joined: text with text, an update with the update before it.
/// </summary>
internal sealed class EventQueue
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _available = new(0, 1);
    private List<CellEvent> _events = [];
    private StringBuilder? _text;
    private bool _closed;

    public void Put(CellEvent cellEvent)
    {
        lock (_lock)
        {
            Join(cellEvent);
            Signal();
        }
    }

    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            Signal();
        }
    }

    /// <summary>Waits for events and takes all of them; null when the queue is closed and empty.</summary>
    public async Task<IReadOnlyList<CellEvent>?> TakeAsync()
    {
        while (true)
        {
            await _available.WaitAsync().ConfigureAwait(false);
            lock (_lock)
            {
                SealText();
                if (_events.Count > 0)
                {
                    var taken = _events;
                    _events = [];
                    if (_closed)
                    {
                        Signal();
                    }

                    return taken;
                }

                if (_closed)
                {
                    Signal();
                    return null;
                }
            }
        }
    }

    private void Join(CellEvent cellEvent)
    {
        switch (cellEvent, _events.Count > 0 ? _events[^1] : null)
        {
            case (StreamWritten next, StreamWritten last) when next.Stream == last.Stream:
                (_text ??= new StringBuilder(last.Text)).Append(next.Text);
                break;
            case (ValueUpdated next, ValueUpdated last) when next.DisplayId == last.DisplayId:
                _events[^1] = next;
                break;
            default:
                SealText();
                _events.Add(cellEvent);
                break;
        }
    }

    private void SealText()
    {
        if (_text is not null)
        {
            _events[^1] = (StreamWritten)_events[^1] with { Text = _text.ToString() };
            _text = null;
        }
    }

    private void Signal()
    {
        if (_available.CurrentCount == 0)
        {
            _available.Release();
        }
    }
}
