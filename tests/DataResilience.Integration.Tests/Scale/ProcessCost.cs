using System.Globalization;

namespace DataResilience.Integration.Tests.Scale;

/// <summary>What a process cost, as the kernel counted it.</summary>
internal sealed record ProcessCost(long PeakKilobytes, double CpuSeconds, double ElapsedSeconds)
{
    internal long PeakBytes => PeakKilobytes * 1024;

    /// <summary>In words, with the speed over an amount of data.</summary>
    internal string Describe(string what, long bytes) => string.Create(
        CultureInfo.InvariantCulture,
        $"{what}: peak {PeakBytes / 1e6:0} MB, {ElapsedSeconds:0.0} s, {CpuSeconds:0.0} s of processor, {bytes / 1e6 / ElapsedSeconds:0} MB/s");
}
