using DataResilience.Testing;

namespace DataResilience.Integration.Tests.Selection;

/// <summary>A shop with a repository beside it: customers, orders that refer to them, and what belongs to either.</summary>
internal sealed class Shop : IDisposable
{
    internal const string Database = "shop.db";

    internal Workspace Workspace { get; } = new();

    internal RecordingReporter Reporter => Workspace.Reporter;

    internal static async Task<Shop> OpenAsync()
    {
        var shop = new Shop();
        shop.Workspace.Execute(
            Database,
            "CREATE TABLE customers(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT)",
            "CREATE TABLE orders(id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customers, total REAL)",
            "CREATE TABLE order_notes(orders INTEGER REFERENCES orders, note TEXT)",
            "CREATE TABLE log(message TEXT)",
            "CREATE INDEX orders_customer ON orders(customer)",
            "CREATE INDEX orders_dear ON orders(total DESC) WHERE total > 10",
            "CREATE TRIGGER orders_log AFTER INSERT ON orders BEGIN INSERT INTO log VALUES('order ' || new.id); END",
            "CREATE VIEW totals AS SELECT customer, sum(total) AS total FROM orders GROUP BY customer",
            "CREATE VIRTUAL TABLE search USING fts5(name)",
            "INSERT INTO customers(name) VALUES('Ada'), ('Bob'), ('Cleo')",
            "INSERT INTO orders VALUES(1, 1, 5.5), (2, 1, 20), (3, 3, 30)",
            "INSERT INTO order_notes VALUES(1, 'fragile'), (3, 'urgent')",
            "INSERT INTO search SELECT name FROM customers");
        await shop.Workspace.NewRepositoryAsync();
        return shop;
    }

    internal Task<Backup> BackUpAsync(params IReadOnlyList<string> tables) => BackUpAsync(new BackupDatabaseRequest { Table = tables });

    internal Task<Backup> BackUpAsync(BackupDatabaseRequest choice) =>
        Workspace.RunAsync(choice with { Repository = Workspace.Repository, Source = Workspace.Sqlite(Database) });

    internal Task<RestoreResult> RestoreAsync(Backup backup, string target, params IReadOnlyList<string> tables) =>
        RestoreAsync(backup, target, new RestoreDatabaseRequest { Table = tables });

    internal Task<RestoreResult> RestoreAsync(Backup backup, string target, RestoreDatabaseRequest choice) => Workspace.RunAsync(choice with
    {
        Repository = Workspace.Repository,
        Backup = new BackupReference(backup.BackupId),
        Target = Workspace.Sqlite(target),
    });

    /// <summary>Names of the objects in a database, without those of SQLite itself, as <c>kind name</c>.</summary>
    internal IReadOnlyList<string> ObjectsOf(string name) =>
        [.. Workspace.Query(name, "SELECT type || ' ' || name FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' ORDER BY 1").Select(line => line[2..])];

    internal IReadOnlyList<string> Query(string name, string sql) => Workspace.Query(name, sql);

    /// <summary>Runs what must fail, and checks that no file but locks changed by it.</summary>
    internal async Task<DataResilienceException> RequireRefusedAsync(ErrorDefinition expected, Func<Task> work)
    {
        IReadOnlyList<string> before = FileTree.Read(Workspace.PathOf(""), "repository/locks/", "state/");
        DataResilienceException failure = await Assert.ThrowsAsync<DataResilienceException>(work);
        Assert.Equal(expected.Code, failure.ErrorCode);
        Assert.Equal(before, FileTree.Read(Workspace.PathOf(""), "repository/locks/", "state/"));
        return failure;
    }

    public void Dispose() => Workspace.Dispose();
}
