using DataResilience.Console.Parsing;
using DataResilience.Console.Tests.Fakes;

namespace DataResilience.Console.Tests.Parsing;

public sealed class TimeTextTests
{
    [Theory]
    [InlineData("30s", 30)]
    [InlineData("500ms", 0.5)]
    [InlineData("1h30m", 5_400)]
    [InlineData("7d", 604_800)]
    [InlineData("2 H", 7_200)]
    [InlineData("1w", 604_800)]
    [InlineData("00:00:30", 30)]
    [InlineData("1:30", 5_400)]
    public void A_duration_is_understood(string text, double seconds)
    {
        Assert.True(DurationText.TryParse(text, out TimeSpan duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData("30")]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-5s")]
    [InlineData("5 years")]
    [InlineData("99999999999999999d")]
    [InlineData("-00:00:30:00:00")]
    public void What_is_no_duration_is_refused(string text) => Assert.False(DurationText.TryParse(text, out _));

    [Theory]
    [InlineData("now", "2026-11-22T12:00:00Z")]
    [InlineData("2h ago", "2026-11-22T10:00:00Z")]
    [InlineData("7d", "2026-11-15T12:00:00Z")]
    [InlineData("2026-11-22T10:15:00Z", "2026-11-22T10:15:00Z")]
    [InlineData("2026-11-22T10:15:00+02:00", "2026-11-22T08:15:00Z")]
    [InlineData("2026-11-22 10:15:30.5Z", "2026-11-22T10:15:30.5Z")]
    public void A_point_in_time_is_understood(string text, string utc)
    {
        Assert.True(PointInTimeText.TryParse(text, new FixedTime(), out DateTime moment));
        Assert.Equal(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime, moment.ToUniversalTime());
        Assert.Equal(DateTimeKind.Local, moment.Kind);
    }

    [Fact]
    public void A_time_without_a_zone_is_local()
    {
        Assert.True(PointInTimeText.TryParse("2026-11-22 10:15", new FixedTime(), out DateTime moment));
        Assert.Equal(new DateTime(2026, 11, 22, 10, 15, 0, DateTimeKind.Local), moment);
    }

    [Theory]
    [InlineData("11/12/2026")]
    [InlineData("yesterday")]
    [InlineData("12:30")]
    [InlineData("ago")]
    [InlineData("99999999d")]
    [InlineData("")]
    public void What_is_no_point_in_time_is_refused(string text) => Assert.False(PointInTimeText.TryParse(text, new FixedTime(), out _));
}
