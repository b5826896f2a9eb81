using Microsoft.Data.Sqlite;

namespace DataResilience.Integration.Tests;

/// <summary>Backup, verification and restore of a real database, through the operations.</summary>
public sealed class RoundTripTests
{
    [Fact]
    public async Task A_database_comes_back_equal()
    {
        using var workspace = new Workspace();
        Execute(workspace, "shop.db", """
            CREATE TABLE customers(id INTEGER PRIMARY KEY, name TEXT);
            CREATE TABLE orders(id INTEGER PRIMARY KEY, customer INTEGER REFERENCES customers, total REAL);
            CREATE INDEX orders_customer ON orders(customer);
            CREATE VIEW totals AS SELECT customer, sum(total) AS total FROM orders GROUP BY customer;
            INSERT INTO customers SELECT value, 'customer ' || value FROM generate_series(1, 1000);
            """.Replace("generate_series(1, 1000)", "(WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 1000) SELECT value FROM n)", StringComparison.Ordinal));
        Execute(workspace, "shop.db", "INSERT INTO orders SELECT id, id, id * 1.5 FROM customers");
        await workspace.NewRepositoryAsync();

        Backup backup = await workspace.BackupAsync("shop.db");
        IReadOnlyList<BackupIntegrity> checks = await workspace.RunAsync(new TestBackupIntegrityRequest { Repository = workspace.Repository });
        RestoreResult restored = await workspace.RestoreAsync(backup, "copy.db");

        Assert.Equal(2000, backup.Rows);
        Assert.All(checks, check => Assert.True(check.IsValid, string.Join("; ", check.Problems)));
        Assert.True(restored.IsVerified);
        Assert.Equal(Dump(workspace, "shop.db"), Dump(workspace, "copy.db"));
    }

    private static void Execute(Workspace workspace, string name, string sql)
    {
        using SqliteConnection connection = Open(workspace, name);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static List<string> Dump(Workspace workspace, string name)
    {
        using SqliteConnection connection = Open(workspace, name);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY name";
        using SqliteDataReader reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
        {
            lines.Add(reader.GetString(0));
        }

        return lines;
    }

    private static SqliteConnection Open(Workspace workspace, string name)
    {
        var connection = new SqliteConnection($"Data Source={workspace.PathOf(name)};Pooling=False");
        connection.Open();
        return connection;
    }
}
