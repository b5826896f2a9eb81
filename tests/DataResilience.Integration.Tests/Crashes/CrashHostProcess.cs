using System.Diagnostics;
using System.Globalization;
using DataResilience.Testing;

namespace DataResilience.Integration.Tests.Crashes;

/// <summary>Runs the program that backs up and kills itself, and reads what it printed.</summary>
/// <param name="Steps">The sorts of step it printed; of a killed one the step it died at.</param>
/// <param name="Stored">The id of the backup that it reported; null if it died before.</param>
/// <param name="ExitCode">Its exit code.</param>
internal sealed record CrashHostProcess(IReadOnlyList<string> Steps, string? Stored, int ExitCode)
{
    private const string Name = "DataResilience.CrashHost";
    private const string StoredPrefix = "stored ";

    /// <summary>Zero is for those that came to their end.</summary>
    internal bool WasKilled => ExitCode != 0;

    internal static async Task<CrashHostProcess> RunAsync(string repository, string keyFile, string state, string database, string sort, int crashAt)
    {
        string program = Path.Combine(RepositoryLayout.Root, "tests", Name, "bin", RepositoryLayout.Configuration, "net10.0", Name + ".dll");
        var start = new ProcessStartInfo(
            "dotnet", [program, repository, keyFile, state, database, sort, crashAt.ToString(CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("", await errors);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new CrashHostProcess(
            [.. lines.Where(line => line.Contains(" of ", StringComparison.Ordinal))],
            lines.FirstOrDefault(line => line.StartsWith(StoredPrefix, StringComparison.Ordinal))?[StoredPrefix.Length..],
            process.ExitCode);
    }
}
