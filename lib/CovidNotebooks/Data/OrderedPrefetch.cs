using System.Runtime.ExceptionServices;

namespace CovidNotebooks.Data;

/// <summary>
/// Makes numbered items on threads, ahead of one consumer who takes them in order. At most a given number of finished items wait. A failure
/// is thrown to the consumer in the place of its item; disposing stops the threads and frees what was not taken.
/// </summary>
internal sealed class OrderedPrefetch<T> : IDisposable
{
    private readonly int _count;
    private readonly Func<int, T> _make;
    private readonly Action<T> _free;
    private readonly int _ahead;
    private readonly Thread[] _threads;
    private readonly object _lock = new();
    private readonly Dictionary<int, (T? Item, Exception? Failure)> _finished = [];
    private int _nextToMake;
    private int _nextToTake;
    private bool _stopped;

    public OrderedPrefetch(int count, Func<int, T> make, Action<T> free, int workers, int ahead, string name)
    {
        _count = count;
        _make = make;
        _free = free;
        _ahead = Math.Max(ahead, workers);
        _threads = new Thread[Math.Min(workers, count)];
        for (var i = 0; i < _threads.Length; i++)
        {
            _threads[i] = new Thread(Work) { IsBackground = true, Name = $"{name} {i + 1}" };
            _threads[i].Start();
        }
    }

    /// <summary>The next item; waits for it.</summary>
    public T Next()
    {
        if (_threads.Length == 0)
        {
            return _make(_nextToTake++);
        }

        lock (_lock)
        {
            (T? Item, Exception? Failure) finished;
            while (!_finished.Remove(_nextToTake, out finished))
            {
                Monitor.Wait(_lock);
            }

            _nextToTake++;
            Monitor.PulseAll(_lock);
            if (finished.Failure is not null)
            {
                _stopped = true;
                ExceptionDispatchInfo.Throw(finished.Failure);
            }

            return finished.Item!;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _stopped = true;
            Monitor.PulseAll(_lock);
        }

        foreach (var thread in _threads)
        {
            thread.Join();
        }

        foreach (var (item, failure) in _finished.Values)
        {
            if (failure is null)
            {
                _free(item!);
            }
        }

        _finished.Clear();
    }

    private void Work()
    {
        while (true)
        {
            int mine;
            lock (_lock)
            {
                while (!_stopped && _nextToMake < _count && _nextToMake >= _nextToTake + _ahead)
                {
                    Monitor.Wait(_lock);
                }

                if (_stopped || _nextToMake >= _count)
                {
                    return;
                }

                mine = _nextToMake++;
            }

            (T?, Exception?) result;
            try
            {
                result = (_make(mine), null);
            }
            catch (Exception exception)
            {
                result = (default, exception);
            }

            lock (_lock)
            {
                _finished[mine] = result;
                Monitor.PulseAll(_lock);
            }
        }
    }
}
