using System.Runtime.ExceptionServices;

namespace CovidNotebooks.Data;

/// <summary>
/// Makes numbered items on threads, ahead of one consumer who takes them in order. At most a given number of finished items wait. A failure
/// is thrown to the consumer in the place of its item; disposing stops the threads and frees what was not taken.
/// </summary>
internal sealed class OrderedPrefetch<T> : IDisposable
{
    private readonly int count;
    private readonly Func<int, T> make;
    private readonly Action<T> free;
    private readonly int ahead;
    private readonly Thread[] threads;
    private readonly object gate = new();
    private readonly Dictionary<int, (T? Item, Exception? Failure)> finished = [];
    private int nextToMake;
    private int nextToTake;
    private bool stopped;

    public OrderedPrefetch(int count, Func<int, T> make, Action<T> free, int workers, int ahead, string name)
    {
        this.count = count;
        this.make = make;
        this.free = free;
        this.ahead = Math.Max(ahead, workers);
        threads = new Thread[Math.Min(workers, count)];
        for (var i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(Work) { IsBackground = true, Name = $"{name} {i + 1}" };
            threads[i].Start();
        }
    }

    /// <summary>The next item; waits for it.</summary>
    public T Next()
    {
        if (threads.Length == 0)
        {
            return make(nextToTake++);
        }

        lock (gate)
        {
            (T? Item, Exception? Failure) next;
            while (!finished.Remove(nextToTake, out next))
            {
                Monitor.Wait(gate);
            }

            nextToTake++;
            Monitor.PulseAll(gate);
            if (next.Failure is not null)
            {
                stopped = true;
                ExceptionDispatchInfo.Throw(next.Failure);
            }

            return next.Item!;
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            stopped = true;
            Monitor.PulseAll(gate);
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }

        foreach (var (item, failure) in finished.Values)
        {
            if (failure is null)
            {
                free(item!);
            }
        }

        finished.Clear();
    }

    private void Work()
    {
        while (true)
        {
            int mine;
            lock (gate)
            {
                while (!stopped && nextToMake < count && nextToMake >= nextToTake + ahead)
                {
                    Monitor.Wait(gate);
                }

                if (stopped || nextToMake >= count)
                {
                    return;
                }

                mine = nextToMake++;
            }

            (T?, Exception?) result;
            try
            {
                result = (make(mine), null);
            }
            catch (Exception exception)
            {
                result = (default, exception);
            }

            lock (gate)
            {
                finished[mine] = result;
                Monitor.PulseAll(gate);
            }
        }
    }
}
