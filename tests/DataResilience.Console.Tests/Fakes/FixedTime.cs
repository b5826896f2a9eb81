namespace DataResilience.Console.Tests.Fakes;

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class FixedTime : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private TimeSpan moved;

    public void Move(TimeSpan by) => moved += by;

    public override DateTimeOffset GetUtcNow() => Start + moved;

    public override long GetTimestamp() => moved.Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
}
