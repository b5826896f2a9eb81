using System.Text.Json;

namespace DataResilience.Console.Tests.Processes;

/// <summary>A folder with a database, a repository and its key file, in which commands run as child processes.</summary>
public class SqliteStage : IAsyncLifetime
{
    private const string Shop = """
        CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
        CREATE TABLE orders (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id), total REAL, note BLOB);
        CREATE INDEX orders_by_user ON orders (user_id);
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
        INSERT INTO users SELECT i, 'user ' || i FROM n;
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
        INSERT INTO orders SELECT i, 1 + i % 500, i / 3.0, CASE i % 3 WHEN 0 THEN NULL WHEN 1 THEN x'00ff' ELSE 'text' END FROM n;
        """;

    public string Folder { get; } = Directory.CreateTempSubdirectory("console-tests-").FullName;

    public virtual async ValueTask InitializeAsync()
    {
        await Sqlite3.RunAsync(In("shop.db"), Shop);
        JsonElement repository = (await RunAsync("repository", "init")).Single();
        Assert.Equal(In("repository"), repository.GetProperty("Location").GetString());
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>The same in a folder of its own: copying takes a hundredth of what founding takes.</summary>
    internal SqliteStage Copy()
    {
        var copy = new SqliteStage();
        foreach (string path in Directory.EnumerateDirectories(Folder, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(copy.In(Path.GetRelativePath(Folder, path)));
        }

        foreach (string path in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            File.Copy(path, copy.In(Path.GetRelativePath(Folder, path)));
        }

        return copy;
    }

    internal string In(string name) => Path.Combine(Folder, name);

    internal Task<ConsoleResult> RunAsync(params string[] args) =>
        RunBareAsync([.. args, "--repository", "repository", "--key-file", "owner.key"]);

    internal Task<ConsoleResult> RunBareAsync(params string[] args) => ConsoleProcess.RunAsync(Folder, [.. args, "--json"]);

    // What a client remembers is its own, and no part of the store or the target.
    internal string State() => string.Join('\n',
        from path in Directory.EnumerateFileSystemEntries(Folder, "*", SearchOption.AllDirectories)
        where !path.StartsWith(In("state"), StringComparison.Ordinal)
        orderby path
        select $"{path} {File.GetLastWriteTimeUtc(path).Ticks} {(File.Exists(path) ? new FileInfo(path).Length : 0)}");
}
