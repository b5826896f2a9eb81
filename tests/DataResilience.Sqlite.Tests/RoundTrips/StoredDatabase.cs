using System.Buffers;
using DataResilience.Providers;
using DataResilience.Testing.Databases.Conformance;

namespace DataResilience.Sqlite.Tests;

/// <summary>A database as a backup holds it: schema, and the blocks of every table.</summary>
internal sealed record StoredDatabase(
    DatabaseSchema Schema, IReadOnlyDictionary<string, List<StoredBlock>> Rows, IReadOnlyDictionary<string, (long Rows, long Bytes, UInt128 Sum)> Digests)
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
        var rows = new Dictionary<string, List<StoredBlock>>(StringComparer.Ordinal);
        var digests = new Dictionary<string, (long Rows, long Bytes, UInt128 Sum)>(StringComparer.Ordinal);
        foreach (TableSchema table in schema.Tables)
        {
            var digest = new RowSum();
            rows[table.Name] = await ReadRowsAsync(snapshot, table, digest, token);
            digests[table.Name] = digest.Value;
        }

        return new StoredDatabase(schema, rows, digests);
    }

    /// <summary>The blocks of a table as a target takes them.</summary>
    internal async IAsyncEnumerable<RowBlock> BlocksOf(string table)
    {
        await Task.Yield();
        foreach (StoredBlock stored in Rows[table])
        {
            byte[] bytes = ArrayPool<byte>.Shared.Rent(stored.Bytes.Length);
            int[] ends = ArrayPool<int>.Shared.Rent(Math.Max(1, stored.RowEnds.Length));
            stored.Bytes.CopyTo(bytes, 0);
            stored.RowEnds.CopyTo(ends, 0);
            yield return new RowBlock(bytes, stored.Bytes.Length, ends, stored.RowEnds.Length);
        }
    }

    private static async Task<List<StoredBlock>> ReadRowsAsync(
        ISourceSnapshot snapshot, TableSchema table, RowSum digest, CancellationToken token)
    {
        var blocks = new List<StoredBlock>();
        foreach (RowRange range in await snapshot.PlanRangesAsync(table, token))
        {
            await foreach (RowBlock block in snapshot.ReadRowsAsync(table, range, token))
            {
                using (block)
                {
                    digest.Add(block);
                    blocks.Add(new StoredBlock(block.Bytes.ToArray(), block.RowEnds.ToArray()));
                }
            }
        }

        return blocks;
    }
}
