using System.Diagnostics;

namespace DataResilience.Console.Tests.Processes;

/// <summary>The sqlite3 tool: a reader and writer of databases that shares no code with the product.</summary>
internal static class Sqlite3
{
    public static async Task<string> RunAsync(string database, string sql)
    {
        using Process process = Start(database);
        await process.StandardInput.WriteAsync(sql);
        process.StandardInput.Close();
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    /// <summary>A process that holds the database locked until its input is closed.</summary>
    public static async Task<Process> LockAsync(string database)
    {
        Process process = Start(database);
        await process.StandardInput.WriteLineAsync("BEGIN EXCLUSIVE; SELECT 'locked';");
        await process.StandardInput.FlushAsync();
        Assert.Equal("locked", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        return process;
    }

    private static Process Start(string database) => Process.Start(new ProcessStartInfo("sqlite3", ["-batch", "-bail", database])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        UseShellExecute = false,
    })!;
}
