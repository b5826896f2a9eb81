using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DataResilience.Testing;

namespace DataResilience.Integration.Tests.Scale;

/// <summary>What a process cost, as the kernel counted it.</summary>
internal sealed record ProcessCost(long PeakKilobytes, double CpuSeconds, double ElapsedSeconds)
{
    internal long PeakBytes => PeakKilobytes * 1024;

    /// <summary>Runs a command in a process of its own; fails unless it ends well.</summary>
    /// <returns>What it printed, and what it cost.</returns>
    internal static async Task<(string Output, ProcessCost Cost)> MeasureAsync(Workspace workspace, params IEnumerable<string> command)
    {
        string report = workspace.PathOf("cost.json");
        string measure = Path.Combine(RepositoryLayout.Root, "tests", "DataResilience.Integration.Tests", "Scale", "measure.py");
        var start = new ProcessStartInfo("python3", [measure, report, .. command])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DATARESILIENCE_STATE"] = workspace.PathOf("state");
        foreach ((string name, string value) in workspace.Environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"It ended with {process.ExitCode}: {await errors}");
        return (output, JsonSerializer.Deserialize<ProcessCost>(await File.ReadAllTextAsync(report))!);
    }

    /// <summary>In words, with the speed over an amount of data.</summary>
    internal string Describe(string what, long bytes) => string.Create(
        CultureInfo.InvariantCulture,
        $"{what}: peak {PeakBytes / 1e6:0} MB, {ElapsedSeconds:0.0} s, {CpuSeconds:0.0} s of processor, {bytes / 1e6 / ElapsedSeconds:0} MB/s");
}
