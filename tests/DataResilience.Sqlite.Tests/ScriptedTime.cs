namespace DataResilience.Sqlite.Tests;

/// <summary>A clock that stands still, except that a wait passes at once and takes as long as it was asked to.</summary>
internal sealed class ScriptedTime : TimeProvider
{
    private long ticks;
    private int waits;

    internal TimeSpan Elapsed => TimeSpan.FromTicks(ticks);

    /// <summary>Called before each wait with its number.</summary>
    internal Action<int>? OnWait { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        OnWait?.Invoke(++waits);
        ticks += Math.Max(0, dueTime.Ticks);
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
