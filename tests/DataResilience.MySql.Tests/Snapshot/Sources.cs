using System.Net;
using System.Text;
using DataResilience.Providers;
using DataResilience.Testing.Servers;
using MySqlConnector;

namespace DataResilience.MySql.Tests.Snapshot;

/// <summary>Opens snapshots of real databases and reads their rows.</summary>
internal static class Sources
{
    internal static readonly RowRange Everything = new(0, null, null);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    internal static Task<ISourceSnapshot> OpenSnapshotAsync(
        this MySqlTestDatabase database, LockMode mode = LockMode.Auto, int readers = 2, TimeSpan? lockTimeout = null, string? user = null, long rangeBytes = RangePlanner.RangeBytes) =>
        SnapshotOpener.OpenAsync(
            ServerAddress.Of(database.Server.Endpoint(database.Name, user).WithPassword(new NetworkCredential("", database.Server.Password).SecurePassword)),
            new SnapshotOptions(readers, lockTimeout ?? TimeSpan.FromSeconds(30)) { LockMode = mode },
            TimeProvider.System,
            Token,
            rangeBytes);

    /// <summary>Makes an account that has some rights and no others, and goes with the database's last test.</summary>
    internal static async Task<string> MakeUserAsync(this MySqlTestDatabase database, params string[] grants)
    {
        string user = $"u_{Guid.NewGuid():N}"[..20];
        string statements = string.Concat(grants.Select(grant => $"GRANT {grant} TO '{user}'@'%'; "));
        await database.ExecuteAsync($"CREATE USER '{user}'@'%' IDENTIFIED BY '{database.Server.Password}'; {statements}");
        return user;
    }

    /// <summary>A table as the catalog of the server has it.</summary>
    internal static async Task<TableSchema> TableAsync(this MySqlTestDatabase database, string name)
    {
        await using MySqlConnection connection = await database.OpenConnectionAsync();
        ServerVersion version = ServerVersion.Parse(connection.ServerVersion, database.Server.Engine == DatabaseEngine.MariaDb ? ServerFlavour.MariaDb : ServerFlavour.MySql);
        var columns = new List<ColumnSchema>();
        await foreach (string[] row in RowsAsync(
            connection,
            $"""
            SELECT COLUMN_NAME, COLUMN_TYPE, DATA_TYPE FROM information_schema.COLUMNS
            WHERE TABLE_SCHEMA = '{database.Name}' AND TABLE_NAME = '{name}' AND EXTRA NOT LIKE '%GENERATED%' ORDER BY ORDINAL_POSITION
            """))
        {
            columns.Add(new ColumnSchema(row[0], row[1], ColumnEncoding.Of(row[2], row[1], version)));
        }

        var key = new List<string>();
        await foreach (string[] row in RowsAsync(
            connection,
            $"""
            SELECT COLUMN_NAME FROM information_schema.STATISTICS
            WHERE TABLE_SCHEMA = '{database.Name}' AND TABLE_NAME = '{name}' AND INDEX_NAME = 'PRIMARY' ORDER BY SEQ_IN_INDEX
            """))
        {
            key.Add(row[0]);
        }

        return new TableSchema { Name = name, Columns = columns, KeyColumns = key, RowEncodingVersion = 1 };
    }

    /// <summary>The bytes of a range; every block is checked on the way.</summary>
    internal static async Task<byte[]> ReadBytesAsync(
        this ISourceSnapshot snapshot, TableSchema table, RowRange? range = null, CancellationToken? token = null)
    {
        var all = new MemoryStream();
        var format = new MySqlRowFormat();
        var ends = new List<long>();
        await foreach (RowBlock block in snapshot.ReadRowsAsync(table, range ?? Everything, token ?? Token))
        {
            using (block)
            {
                Assert.InRange(block.Bytes.Length, 1, RowBlock.MaxBytes);
                ends.AddRange(block.RowEnds.ToArray().Select(end => all.Length + end));
                all.Write(block.Bytes.Span);
            }
        }

        byte[] bytes = all.ToArray();
        long start = 0;
        foreach (long end in ends)
        {
            Assert.Equal(end - start, format.FindRowEnd(bytes.AsSpan((int)start)));
            start = end;
        }

        Assert.Equal(bytes.Length, start);
        return bytes;
    }

    internal static async Task<string> ReadTextAsync(this ISourceSnapshot snapshot, TableSchema table, RowRange? range = null) =>
        Encoding.UTF8.GetString(await snapshot.ReadBytesAsync(table, range));

    private static async IAsyncEnumerable<string[]> RowsAsync(MySqlConnection connection, string query)
    {
        await using var command = new MySqlCommand(query, connection);
        await using MySqlDataReader reader = await command.ExecuteReaderAsync(Token);
        while (await reader.ReadAsync(Token))
        {
            yield return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];
        }
    }
}
