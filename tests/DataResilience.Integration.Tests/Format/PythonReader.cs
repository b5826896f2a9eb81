using System.Diagnostics;
using DataResilience.Testing;

namespace DataResilience.Integration.Tests.Format;

/// <summary>Runs the reader that was written from the specification alone (tests/reader).</summary>
internal static class PythonReader
{
    private const string Probe =
        "import sys, ctypes, cryptography; ctypes.CDLL('libzstd.so.1'); ctypes.CDLL('libxxhash.so.0'); assert sys.version_info >= (3, 11)";

    private static string Script => Path.Combine(RepositoryLayout.Root, "tests", "reader", "read_repository.py");

    /// <summary>Skips the test where the reader cannot run; tests/allowed-skips.txt lists it.</summary>
    internal static async Task RequireAsync()
    {
        if (!await RunsAsync())
        {
            Assert.Skip("python3 (3.11), cryptography, libzstd.so.1 or libxxhash.so.0 is missing");
        }
    }

    internal static Task<ReaderRun> RunAsync(string repository, string keyOption, string keyPath, params string[] command) =>
        StartAsync([Script, repository, keyOption, keyPath, .. command]);

    private static async Task<bool> RunsAsync()
    {
        try
        {
            return (await StartAsync(["-c", Probe])).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task<ReaderRun> StartAsync(string[] arguments)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo("python3", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(token);
        Task<string> errors = process.StandardError.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
        return new ReaderRun(process.ExitCode, await output, await errors);
    }
}
