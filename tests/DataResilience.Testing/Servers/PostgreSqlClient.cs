using System.Diagnostics;

namespace DataResilience.Testing.Servers;

/// <summary>The programs of one version of PostgreSQL, in one folder.</summary>
public sealed class PostgreSqlClient(string folder)
{
    // Without the option, minor versions that have it write a key of their own making into every dump.
    private const string RestrictKey = "--restrict-key";

    /// <summary>The text of <c>pg_dump --schema-only</c>.</summary>
    public async Task<string> DumpSchemaAsync(DatabaseEndpoint database, CancellationToken token)
    {
        string help = await RunAsync("pg_dump", ["--help"], token);
        string[] key = help.Contains(RestrictKey, StringComparison.Ordinal) ? [$"{RestrictKey}=test"] : [];
        return await RunAsync("pg_dump", ["--schema-only", "--no-password", .. key, "--dbname", database.ToString()], token);
    }

    /// <summary>What a program writes; it must succeed.</summary>
    public async Task<string> RunAsync(string program, IEnumerable<string> arguments, CancellationToken token)
    {
        var start = new ProcessStartInfo(Path.Combine(folder, program), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(token);
        Task<string> errors = process.StandardError.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{program} ended with exit code {process.ExitCode}: {await errors}");
    }
}
