using Microsoft.Data.Sqlite;

namespace DataResilience.Integration.Tests.Scale;

/// <summary>
/// One database of five million rows and more than a gigabyte, made once and taken through everything once: two backups, a verification,
/// a restore, and a third backup after one percent of rows was added. The tests look at what came of it.
/// </summary>
public sealed class LargeTable : IAsyncLifetime
{
    internal const int Rows = 5_000_000;

    private readonly Workspace workspace = new();
    private readonly List<long> repositoryBytes = [];

    internal long DatabaseBytes { get; private set; }

    internal ConsoleRun First { get; private set; } = null!;

    internal ConsoleRun Unchanged { get; private set; } = null!;

    internal ConsoleRun Verification { get; private set; } = null!;

    internal ConsoleRun Restore { get; private set; } = null!;

    internal ConsoleRun Appended { get; private set; } = null!;

    /// <summary>The size of the repository after each backup: what a run really wrote, manifests and all.</summary>
    internal IReadOnlyList<long> RepositoryBytes => repositoryBytes;

    public async ValueTask InitializeAsync()
    {
        if (ConsoleRun.Obstacle is not null)
        {
            return;
        }

        workspace.Execute(
            "large.db",
            "PRAGMA journal_mode = OFF",
            "PRAGMA synchronous = OFF",
            "CREATE TABLE facts(id INTEGER PRIMARY KEY, at INTEGER, amount REAL, note TEXT, payload BLOB)",
            Fill(1, Rows));
        DatabaseBytes = new FileInfo(workspace.PathOf("large.db")).Length;
        await workspace.NewRepositoryAsync();
        string source = $"sqlite:{workspace.PathOf("large.db")}";
        string copy = workspace.PathOf("copy.db");
        First = await BackUpAsync(source);
        Unchanged = await BackUpAsync(source);
        Verification = await ConsoleRun.RunAsync(workspace, "verify", "--backup", First.Result.GetProperty("BackupId").GetString()!);
        Restore = await ConsoleRun.RunAsync(workspace, "restore", $"sqlite:{copy}", "--backup", "latest");
        File.Delete(copy);
        workspace.Execute("large.db", "PRAGMA synchronous = OFF", Fill(Rows + 1, Rows + (Rows / 100)));
        Appended = await BackUpAsync(source);
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        workspace.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<ConsoleRun> BackUpAsync(string source)
    {
        ConsoleRun run = await ConsoleRun.RunAsync(workspace, "backup", source);
        var repository = new DirectoryInfo(workspace.RepositoryPath);
        repositoryBytes.Add(repository.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length));
        return run;
    }

    /// <summary>Rows as databases have them: numbers that grow, words that come again, and bytes that do not compress.</summary>
    private static string Fill(int first, int last) => $"""
        WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last})
        INSERT INTO facts SELECT i, 1700000000 + i * 7, (i * 37 % 100000) / 100.0,
            'order ' || i || ' of customer ' || (i * 7919 % 100000) || ', paid by card, shipped by post', randomblob(160) FROM n
        """;
}
