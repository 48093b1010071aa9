namespace Tests.Download;

/// <summary>A clock on which timers run a thousand times as fast: a second is a millisecond. It remembers what was waited for.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private const double Haste = 1000;

    public List<TimeSpan> Waits { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (Waits)
        {
            Waits.Add(dueTime);
        }

        return new HurriedTimer(System.CreateTimer(callback, state, Hurried(dueTime), period));
    }

    private static TimeSpan Hurried(TimeSpan time) => time > TimeSpan.Zero ? time / Haste : time;

    private sealed class HurriedTimer(ITimer inner) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(Hurried(dueTime), period);

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
