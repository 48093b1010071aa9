namespace Tests.Runs;

/// <summary>A clock that stands until it is moved; its timers fire when it passes them.</summary>
internal sealed class ManualClock : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private DateTimeOffset now = new(2021, 3, 4, 5, 6, 7, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(() => callback(state), now + dueTime, period);
        lock (gate)
        {
            timers.Add(timer);
        }

        return timer;
    }

    public void Advance(TimeSpan time)
    {
        now += time;
        timers.ForEach(timer => timer.FireUntil(now));
    }

    /// <summary>The process is gone: time goes on, its timers do not.</summary>
    public void StopTimers() => timers.Clear();

    private sealed class ManualTimer(Action callback, DateTimeOffset due, TimeSpan period) : ITimer
    {
        private bool stopped;
        private DateTimeOffset next = due;

        public void FireUntil(DateTimeOffset time)
        {
            for (; !stopped && next <= time; next += period)
            {
                callback();
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan newPeriod) => throw new NotSupportedException();

        public void Dispose() => stopped = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
