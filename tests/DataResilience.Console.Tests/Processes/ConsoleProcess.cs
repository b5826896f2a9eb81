using System.Diagnostics;
using System.Runtime.InteropServices;

namespace DataResilience.Console.Tests.Processes;

/// <summary>The built console as a child process with redirected streams and a clean environment.</summary>
internal sealed class ConsoleProcess : IDisposable
{
    private readonly Process process;

    private ConsoleProcess(Process process) => this.process = process;

    public StreamReader Error => process.StandardError;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static ConsoleProcess Start(string directory, params IEnumerable<string> args) =>
        Start(directory, new Dictionary<string, string>(), args);

    public static ConsoleProcess Start(string directory, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "dataresilience.dll"), .. args])
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string name in start.Environment.Keys.Where(IsOfOurs).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DATARESILIENCE_STATE"] = Path.Combine(directory, "state");
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        var started = Process.Start(start)!;
        started.StandardInput.Close();
        return new ConsoleProcess(started);
    }

    private static bool IsOfOurs(string name) => name.StartsWith("DATARESILIENCE_", StringComparison.Ordinal) || name.StartsWith("PG", StringComparison.Ordinal);

    public static async Task<ConsoleResult> RunAsync(string directory, params IEnumerable<string> args)
    {
        using ConsoleProcess running = Start(directory, args);
        return await running.EndAsync();
    }

    public async Task<ConsoleResult> EndAsync()
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync(Cancellation);
        Task<string> error = process.StandardError.ReadToEndAsync(Cancellation);
        string[] texts = await Task.WhenAll(output, error);
        await process.WaitForExitAsync(Cancellation);
        return new ConsoleResult(process.ExitCode, texts[0], texts[1]);
    }

    public void Signal(PosixSignal signal)
    {
        const int Interrupt = 2;
        const int Terminate = 15;
        Assert.Equal(0, Kill(process.Id, signal == PosixSignal.SIGINT ? Interrupt : Terminate));
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
