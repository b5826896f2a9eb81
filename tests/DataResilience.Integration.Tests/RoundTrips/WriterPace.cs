using System.Globalization;

namespace DataResilience.Integration.Tests.RoundTrips;

/// <summary>
/// How fast a writer was throughout an interval: the commits in each window of half a second that lies wholly in it, wherever the
/// window begins. Shorter ones would see a hiccup of the machine, longer ones would let a writer stand still unseen.
/// </summary>
internal sealed class WriterPace
{
    internal const double WindowSeconds = 0.5;

    private readonly double seconds;
    private readonly int commits;

    /// <param name="commitTimes">When each commit was done, ascending, in ticks.</param>
    /// <param name="begin">When the interval begins.</param>
    /// <param name="end">When it ends.</param>
    /// <param name="frequency">Ticks in a second.</param>
    internal WriterPace(IReadOnlyList<long> commitTimes, long begin, long end, long frequency)
    {
        long[] times = [.. commitTimes.Where(time => time > begin && time <= end)];
        long window = (long)(WindowSeconds * frequency);
        commits = times.Length;
        seconds = (double)(end - begin) / frequency;
        Windows = (int)((end - begin) / window);
        Slowest = Windows == 0 ? 0 : FewestIn(times, window, begin, end) / WindowSeconds;
    }

    /// <summary>How many windows fit in side by side.</summary>
    internal int Windows { get; }

    /// <summary>Commits a second in the slowest window; zero if there is none.</summary>
    internal double Slowest { get; }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{commits} commits in {seconds:0.0} s, {commits / seconds:0} a second; {Windows} windows of {WindowSeconds} s, in the slowest {Slowest:0} a second");

    // The fewest are in a window that begins with the interval or just after a commit, the commit left out.
    private static int FewestIn(long[] times, long window, long begin, long end)
    {
        int fewest = int.MaxValue;
        int beyond = 0;
        for (int next = 0; next <= times.Length; next++)
        {
            long from = next == 0 ? begin : times[next - 1];
            if (from + window > end)
            {
                break;
            }

            while (beyond < times.Length && times[beyond] <= from + window)
            {
                beyond++;
            }

            fewest = Math.Min(fewest, beyond - next);
        }

        return fewest;
    }
}
