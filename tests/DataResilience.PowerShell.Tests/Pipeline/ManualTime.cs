namespace DataResilience.PowerShell.Tests.Pipeline;

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long now = 1;

    public override long TimestampFrequency => 1000;

    public override long GetTimestamp() => now;

    public void Advance(int milliseconds) => now += milliseconds;
}
