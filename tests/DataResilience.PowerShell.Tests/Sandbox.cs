using System.Diagnostics;
using System.Security.Cryptography;

namespace DataResilience.PowerShell.Tests;

/// <summary>
/// A directory of its own with two SQLite databases, a repository "backups" whose key file is "backups.key", and a
/// runspace of the staged module that stands in it.
/// </summary>
public sealed class Sandbox : IDisposable
{
    public const string ShopTables = """
        CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT NOT NULL, photo BLOB);
        CREATE TABLE orders(id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users(id), total REAL);
        CREATE TABLE access_log(at TEXT, line TEXT);
        CREATE INDEX orders_user ON orders(user_id);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
            INSERT INTO users SELECT i, 'user ' || i, randomblob(20) FROM n;
        INSERT INTO orders SELECT id, id, id * 1.5 FROM users;
        INSERT INTO access_log SELECT 'now', name FROM users;
        """;

    private static readonly string[] Defaults =
        ["DATARESILIENCE_REPOSITORY", "DATARESILIENCE_KEY_FILE", "DATARESILIENCE_PASSPHRASE", "DATARESILIENCE_PASSPHRASE_FILE"];

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("dataresilience-");

    // What is set on a developer's machine must not reach a test, and no test may reach what that machine remembers.
    static Sandbox()
    {
        foreach (string variable in Defaults)
        {
            Environment.SetEnvironmentVariable(variable, null);
        }

        var state = Directory.CreateTempSubdirectory("dataresilience-state-");
        Environment.SetEnvironmentVariable("DATARESILIENCE_STATE", state.FullName);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => state.Delete(recursive: true);
    }

    public Sandbox()
    {
        Module = new StagedModule();
        Sqlite("shop.db", ShopTables);
        Sqlite("crm.db", "CREATE TABLE contacts(id INTEGER PRIMARY KEY, name TEXT); INSERT INTO contacts VALUES (1, 'one'), (2, 'two');");
        Module.Invoke("$ExecutionContext.SessionState.Path.SetLocation($args[0])", Root);
        Module.Invoke("$global:repo = New-BackupRepository ./backups -KeyFile ./backups.key");
    }

    public StagedModule Module { get; }

    public string Root => directory.FullName;

    public string At(string name) => Path.Combine(Root, name);

    /// <summary>Takes a backup of each of the two databases.</summary>
    public Sandbox WithBackups()
    {
        Module.Invoke("Get-Database sqlite:. | Backup-Database -Repository $repo");
        return this;
    }

    /// <summary>Runs SQL with the command line tool: the driver must not be in the tests' own load context.</summary>
    public string Sqlite(string database, string sql)
    {
        using var tool = SqliteTool(database);
        tool.StandardInput.Write(sql);
        tool.StandardInput.Close();
        string output = tool.StandardOutput.ReadToEnd();
        tool.WaitForExit();
        Assert.Equal(0, tool.ExitCode);
        return output.Trim();
    }

    /// <summary>Starts the command line tool, which keeps a transaction open as long as it runs.</summary>
    public Process SqliteTool(string database)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("sqlite3", ["-batch", At(database)])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("the command line tool sqlite3 is not installed");
            throw;
        }
    }

    /// <summary>Every file with the hash of its content, and every directory.</summary>
    public IReadOnlyList<string> Picture() =>
    [
        .. directory.EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
            .Select(entry => Path.GetRelativePath(Root, entry.FullName) + (entry is FileInfo file ? " " + Hash(file) : "/"))
            .Order(StringComparer.Ordinal),
    ];

    public void Dispose()
    {
        Module.Dispose();
        directory.Delete(recursive: true);
    }

    private static string Hash(FileInfo file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file.FullName)));
}
