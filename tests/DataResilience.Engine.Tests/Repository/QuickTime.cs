namespace DataResilience.Engine.Tests.Repository;

/// <summary>A clock that stands still until a test moves it. A wait of less than a minute is over at once, and moves it.</summary>
internal sealed class QuickTime : TimeProvider
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private DateTimeOffset now = new(2026, 11, 23, 10, 15, 0, TimeSpan.Zero);

    /// <summary>How many waits there were.</summary>
    public int Waits { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public void Advance(TimeSpan time)
    {
        lock (gate)
        {
            now += time;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= TimeSpan.Zero && dueTime < LongestWait)
        {
            Advance(dueTime);
            lock (gate)
            {
                Waits++;
            }

            ThreadPool.QueueUserWorkItem(_ => callback(state));
        }

        return new Idle();
    }

    private sealed class Idle : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
