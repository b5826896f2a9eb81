using System.Diagnostics;
using System.Text.Json;
using DataResilience.Testing;

namespace DataResilience.PowerShell.Tests.Contract;

/// <summary>The other face: the built console as a child process, in the same directory and with the same memory.</summary>
internal static class ConsoleFace
{
    /// <summary>Runs a command that must end with 0 and gives its results.</summary>
    internal static IReadOnlyList<JsonElement> Results(string directory, string commandLine)
    {
        (int exitCode, string output, string error) = Run(directory, commandLine);
        Assert.True(exitCode == 0, $"{commandLine} ended with {exitCode}: {error}");
        return [.. Lines(output)];
    }

    /// <summary>Runs a command that must fail and gives its error code.</summary>
    internal static string? ErrorCode(string directory, string commandLine)
    {
        (int exitCode, _, string error) = Run(directory, commandLine);
        Assert.NotEqual(0, exitCode);
        return Lines(error).Where(line => line.TryGetProperty("errorCode", out _)).Select(line => line.GetProperty("errorCode").GetString()).Single();
    }

    private static (int ExitCode, string Output, string Error) Run(string directory, string commandLine)
    {
        // The tests and the console are built with one configuration: …/bin/Release/net10.0/
        string[] ownPath = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar);
        string console = Path.Combine(RepositoryLayout.Root, "src", "DataResilience.Console", "bin", ownPath[^2], ownPath[^1], "dataresilience.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [console, .. commandLine.Split(' '), "--json"])
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    private static IEnumerable<JsonElement> Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement);
}
