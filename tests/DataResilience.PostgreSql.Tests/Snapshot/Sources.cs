using System.Text;
using DataResilience.Providers;
using DataResilience.Testing.Servers;

namespace DataResilience.PostgreSql.Tests.Snapshot;

/// <summary>Opens snapshots of real databases and reads their rows.</summary>
internal static class Sources
{
    internal static readonly RowRange Everything = new(0, null, null);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    internal static Task<PostgreSqlSnapshot> OpenSnapshotAsync(
        this TestDatabase database, int readers = 2, TimeSpan? lockTimeout = null, string? user = null) =>
        OpenAsync(user is null ? database.Endpoint : database.Server.Endpoint(database.Name, user), readers, lockTimeout);

    internal static Task<PostgreSqlSnapshot> OpenAsync(DatabaseEndpoint endpoint, int readers = 2, TimeSpan? lockTimeout = null) =>
        SnapshotOpener.OpenAsync(
            ServerAddress.Of(endpoint),
            new SnapshotOptions(readers, lockTimeout ?? TimeSpan.FromSeconds(30)),
            TimeProvider.System,
            Token);

    internal static TableSchema Table(string name, params string[] columns) => new()
    {
        Schema = "public",
        Name = name,
        Columns = [.. columns.Select(column => new ColumnSchema(column, ""))],
        KeyColumns = [],
        RowEncodingVersion = 1,
    };

    /// <summary>The bytes of a range; every block is checked on the way.</summary>
    internal static async Task<byte[]> ReadBytesAsync(
        this ISourceSnapshot snapshot, TableSchema table, RowRange? range = null, CancellationToken? token = null)
    {
        var all = new MemoryStream();
        var format = new PostgreSqlRowFormat();
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

    /// <summary>How many rows a table gives, over all its ranges.</summary>
    internal static async Task<long> CountAsync(this ISourceSnapshot snapshot, TableSchema table)
    {
        long rows = 0;
        foreach (RowRange range in await snapshot.PlanRangesAsync(table, Token))
        {
            await foreach (RowBlock block in snapshot.ReadRowsAsync(table, range, Token))
            {
                using (block)
                {
                    rows += block.Rows;
                }
            }
        }

        return rows;
    }
}
