using DataResilience.Console.Output;
using DataResilience.Console.Tests.Fakes;

namespace DataResilience.Console.Tests.Output;

public sealed class HumanTextTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.0 KB")]
    [InlineData(1024 * 1024 - 1, "1.0 MB")]
    [InlineData(10L * 1024 * 1024 * 1024, "10.0 GB")]
    [InlineData(long.MaxValue, "8.0 EB")]
    public void Sizes(long bytes, string text) => Assert.Equal(text, HumanText.Size(bytes));

    [Theory]
    [InlineData(0.0004, "0 ms")]
    [InlineData(0.25, "250 ms")]
    [InlineData(3.25, "3.3 s")]
    [InlineData(63, "1 min 3 s")]
    [InlineData(3_700, "1 h 1 min")]
    [InlineData(90_000, "1 d 1 h")]
    public void Durations(double seconds, string text) => Assert.Equal(text, HumanText.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(5, "5 s ago")]
    [InlineData(3_600 * 47, "47 h ago")]
    [InlineData(3_600 * 49, "2 d ago")]
    public void Ages(double seconds, string text) =>
        Assert.Equal(text, HumanText.Age(FixedTime.Start.LocalDateTime.AddSeconds(-seconds), FixedTime.Start));
}
