using DataResilience.Providers;

namespace DataResilience.Sqlite.Tests;

/// <summary>A database as a backup holds it: schema, and the blocks of every table.</summary>
internal sealed record StoredDatabase(
    DatabaseSchema Schema, IReadOnlyDictionary<string, List<byte[]>> Rows, IReadOnlyDictionary<string, TableDigest> Digests)
{
    internal static SnapshotOptions Options { get; } = new(1, TimeSpan.FromSeconds(5));

    internal static DatabaseEndpoint At(string path) => new() { Engine = DatabaseEngine.Sqlite, Database = path };

    internal static async Task<StoredDatabase> ReadAsync(string path, CancellationToken token)
    {
        await using ISourceSnapshot snapshot = await new SqliteProvider().OpenSnapshotAsync(At(path), Options, token);
        return await ReadAsync(snapshot, token);
    }

    internal static async Task<StoredDatabase> ReadAsync(ISourceSnapshot snapshot, CancellationToken token)
    {
        DatabaseSchema schema = await snapshot.ReadSchemaAsync(token);
        var rows = new Dictionary<string, List<byte[]>>(StringComparer.Ordinal);
        var digests = new Dictionary<string, TableDigest>(StringComparer.Ordinal);
        foreach (TableSchema table in schema.Tables)
        {
            var digest = new TableDigest.RowDigester();
            rows[table.Name] = await ReadRowsAsync(snapshot, table, digest, token);
            digests[table.Name] = digest.ToDigest();
        }

        return new StoredDatabase(schema, rows, digests);
    }

    /// <summary>The blocks of a table as a target takes them, cut where a repository would cut them: at ends of rows.</summary>
    internal async IAsyncEnumerable<RowBlock> BlocksOf(string table)
    {
        await Task.Yield();
        foreach (byte[] bytes in Rows[table])
        {
            yield return BlockOf(bytes);
        }
    }

    internal static RowBlock BlockOf(ReadOnlySpan<byte> bytes)
    {
        using var block = new RowBlockBuilder();
        var format = new SqliteRowFormat();
        while (bytes.Length > 0)
        {
            int end = format.FindRowEnd(bytes);
            int taken = end < 0 ? bytes.Length : end;
            bytes[..taken].CopyTo(block.Free);
            block.Advance(taken);
            if (end >= 0)
            {
                block.EndRow();
            }

            bytes = bytes[taken..];
        }

        return block.Take();
    }

    private static async Task<List<byte[]>> ReadRowsAsync(
        ISourceSnapshot snapshot, TableSchema table, TableDigest.RowDigester digest, CancellationToken token)
    {
        var blocks = new List<byte[]>();
        foreach (RowRange range in await snapshot.PlanRangesAsync(table, token))
        {
            await foreach (RowBlock block in snapshot.ReadRowsAsync(table, range, token))
            {
                using (block)
                {
                    digest.Add(block);
                    blocks.Add(block.Bytes.ToArray());
                }
            }
        }

        return blocks;
    }
}
