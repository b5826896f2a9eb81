namespace DataResilience.Integration.Tests.RoundTrips;

/// <summary>The measure that <see cref="ConcurrentWriterTests"/> relies on sees a writer that stands still.</summary>
public sealed class WriterPaceTests
{
    private const long Frequency = 1_000;

    [Theory]
    [InlineData(0, 400, "the beginning")]
    [InlineData(1_230, 400, "the middle")]
    [InlineData(2_600, 400, "the end")]
    public void A_pause_shows_wherever_it_is(long from, long length, string where)
    {
        long[] steady = [.. Enumerable.Range(1, 3_000).Select(time => (long)time)];
        var pace = new WriterPace(steady, 0, 3_000, Frequency);
        var paused = new WriterPace([.. steady.Where(time => time <= from || time > from + length)], 0, 3_000, Frequency);

        Assert.Equal((6, 1_000), (pace.Windows, pace.Slowest));
        Assert.True(paused.Slowest == 200, $"with a pause at {where}: {paused}");
    }

    [Fact]
    public void An_interval_without_a_whole_window_has_no_pace()
    {
        var pace = new WriterPace([1, 2, 3], 0, 499, Frequency);

        Assert.Equal((0, 0), (pace.Windows, pace.Slowest));
    }
}
