using System.Diagnostics;

namespace DataResilience.Testing.Servers;

/// <summary>The client programs of one server's version, as dradmin.</summary>
public sealed class MySqlClient(MySqlServer server)
{
    private bool IsMariaDb => server.Engine == DatabaseEngine.MariaDb;

    /// <summary>Runs a script in a database.</summary>
    /// <returns>What its queries give.</returns>
    public Task<string> RunScriptAsync(string database, string script, CancellationToken token) =>
        RunAsync(IsMariaDb ? "mariadb" : "mysql", ["--batch", "--skip-column-names", "--default-character-set=utf8mb4", database], script, token);

    /// <summary>The text of a dump of the schema, with routines and events.</summary>
    public Task<string> DumpSchemaAsync(string database, CancellationToken token) => DumpSchemaAsync(database, server.Binaries, token);

    /// <summary>The same as the dump program of another version of the same family writes it.</summary>
    public Task<string> DumpSchemaAsync(string database, string binaries, CancellationToken token) => RunAsync(
        binaries,
        IsMariaDb ? "mariadb-dump" : "mysqldump",
        ["--no-data", "--routines", "--events", "--skip-comments", .. IsMariaDb ? [] : new[] { "--set-gtid-purged=OFF" }, database],
        "",
        token);

    /// <summary>What mysqldump, or mariadb-dump, writes with arguments of the caller's.</summary>
    public Task<string> DumpAsync(IEnumerable<string> arguments, CancellationToken token) =>
        RunAsync(IsMariaDb ? "mariadb-dump" : "mysqldump", arguments, "", token);

    /// <summary>What a program writes; it must succeed.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="arguments">What it is given behind where the server is and who asks.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="token">Stops waiting.</param>
    public Task<string> RunAsync(string program, IEnumerable<string> arguments, string input, CancellationToken token) =>
        RunAsync(server.Binaries, program, arguments, input, token);

    private async Task<string> RunAsync(string binaries, string program, IEnumerable<string> arguments, string input, CancellationToken token)
    {
        // With the password in MYSQL_PWD, MariaDB's programs do not verify the server.
        string options = Path.GetTempFileName(); // for its owner alone
        try
        {
            await File.WriteAllTextAsync(options, Options(), token);
            return await RunAsync(new ProcessStartInfo(Path.Combine(binaries, program), [$"--defaults-file={options}", .. arguments]), input, token);
        }
        finally
        {
            File.Delete(options);
        }
    }

    private static async Task<string> RunAsync(ProcessStartInfo start, string input, CancellationToken token)
    {
        start.UseShellExecute = false;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(token);
        Task<string> errors = process.StandardError.ReadToEndAsync(token);
        Exception? refusal = await FeedAsync(process, input, token);
        await process.WaitForExitAsync(token);
        return process.ExitCode == 0 && refusal is null
            ? await output
            : throw new InvalidOperationException($"{start.FileName} ended with exit code {process.ExitCode}: {await errors}", refusal);
    }

    // A program that ends early does not read the rest; what it says is worth more than the broken pipe.
    private static async Task<Exception?> FeedAsync(Process process, string input, CancellationToken token)
    {
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), token);
            process.StandardInput.Close();
            return null;
        }
        catch (IOException failure)
        {
            return failure;
        }
    }

    private string Options()
    {
        DatabaseEndpoint root = server.Root;
        return $"""
            [client]
            protocol = tcp
            host = {root.Server}
            port = {root.Port}
            user = {root.User}
            password = "{server.Password}"
            ssl-ca = {server.Certificate("ca.crt")}

            """;
    }
}
