using System.Globalization;

namespace DataResilience.Integration.Tests.Crashes;

/// <summary>How much of what a killed run had made durable the next run used again.</summary>
internal sealed class ReuseRatios
{
    private readonly List<double> ratios = [];
    private long durable;
    private long reused;

    internal double Least => ratios.Count == 0 ? 0 : ratios.Min();

    /// <param name="durableBytes">Bytes of the packs that the killed run left.</param>
    /// <param name="savedBytes">Bytes that the next run stored less than one from nothing.</param>
    internal void Add(long durableBytes, long savedBytes)
    {
        if (durableBytes > 0)
        {
            ratios.Add((double)savedBytes / durableBytes);
            durable += durableBytes;
            reused += savedBytes;
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"Reuse: {ratios.Count} killed runs left packs, {durable:N0} bytes in all; of these the next runs used {(double)reused / Math.Max(durable, 1):P2}, at least {Least:P2} each.");
}
