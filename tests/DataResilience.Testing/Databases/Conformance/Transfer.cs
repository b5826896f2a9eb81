using System.Buffers;
using DataResilience.Providers;

namespace DataResilience.Testing.Databases.Conformance;

/// <summary>Does with a provider what the engine does, with a small database held in memory between backup and restore.</summary>
internal sealed class Transfer
{
    private readonly Dictionary<string, List<(byte[] Bytes, int[] RowEnds)>> blocks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RowSum> sums = new(StringComparer.Ordinal);

    private Transfer(DatabaseSchema schema, SnapshotDescription description)
    {
        Schema = schema;
        Description = description;
    }

    internal DatabaseSchema Schema { get; }

    internal SnapshotDescription Description { get; }

    internal static async Task<Transfer> ReadAsync(ISourceSnapshot snapshot, CancellationToken token)
    {
        var transfer = new Transfer(await snapshot.ReadSchemaAsync(token), snapshot.Description);
        foreach (TableSchema table in transfer.Schema.Tables)
        {
            await transfer.ReadRowsAsync(snapshot, table, token);
        }

        return transfer;
    }

    internal (long Rows, long Bytes, UInt128 Sum) SumOf(string table) => sums[table].Value;

    internal IEnumerable<string> SumsText() =>
        sums.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => $"{item.Key}: {item.Value.Value}");

    internal IEnumerable<(byte[] Bytes, int[] RowEnds)> BlocksOf(string table) => blocks[table];

    /// <summary>What a provider is told of a restore of this.</summary>
    internal TargetOptions Options(bool replace = false, IReadOnlyList<string>? tables = null, bool dataOnly = false) => new()
    {
        Properties = Schema.Properties,
        SourceEngine = Description.Engine,
        SourceVersion = Description.EngineVersion,
        Tables = [.. Schema.Tables.Where(table => tables is null || tables.Contains(table.QualifiedName))],
        Objects = [.. Chosen(tables)],
        IsPartial = tables is not null || dataOnly,
        IncludesSchema = !dataOnly,
        IncludesRows = true,
        Replace = replace,
        Loaders = 3,
        LockTimeout = TimeSpan.FromSeconds(10),
    };

    internal async Task FillAsync(IRestoreTarget target, TargetOptions options, CancellationToken token)
    {
        await CreateAsync(target, options, SchemaPhase.PreData, token);
        foreach (TableSchema table in options.Tables)
        {
            Assert.Equal(sums[table.QualifiedName].Rows, await target.LoadRowsAsync(table, Rows(table.QualifiedName), token));
        }

        await CreateAsync(target, options, SchemaPhase.PostData, token);
        await target.CollectStatisticsAsync(token);
        Assert.Empty((await target.CheckAsync(token)).Findings);
    }

    internal async Task ProveAsync(IRestoreTarget target, TargetOptions options, CancellationToken token)
    {
        await using ISourceSnapshot proof = await target.OpenProofAsync(token);
        foreach (TableSchema table in options.Tables)
        {
            Assert.Equal(SumOf(table.QualifiedName), (await RowSum.ReadAsync(proof, table, token)).Value);
        }
    }

    /// <summary>The rows as a target takes them: blocks that it disposes.</summary>
    internal async IAsyncEnumerable<RowBlock> Rows(string table)
    {
        await Task.Yield();
        foreach ((byte[] stored, int[] rowEnds) in blocks[table])
        {
            byte[] bytes = ArrayPool<byte>.Shared.Rent(stored.Length);
            int[] ends = ArrayPool<int>.Shared.Rent(Math.Max(1, rowEnds.Length));
            stored.CopyTo(bytes, 0);
            rowEnds.CopyTo(ends, 0);
            yield return new RowBlock(bytes, stored.Length, ends, rowEnds.Length);
        }
    }

    internal static async Task CreateAsync(IRestoreTarget target, TargetOptions options, SchemaPhase phase, CancellationToken token)
    {
        SchemaObject[] objects = [.. options.Objects.Where(item => item.Phase == phase)];
        if (options.IncludesSchema && objects.Length > 0)
        {
            await target.CreateObjectsAsync(objects, token);
        }
    }

    private IEnumerable<SchemaObject> Chosen(IReadOnlyList<string>? tables) =>
        Schema.Objects.Where(item => tables is null || (item.Table is { } table && tables.Contains(table)));

    private async Task ReadRowsAsync(ISourceSnapshot snapshot, TableSchema table, CancellationToken token)
    {
        var sum = new RowSum();
        var stored = new List<(byte[], int[])>();
        foreach (RowRange range in await snapshot.PlanRangesAsync(table, token))
        {
            await foreach (RowBlock block in snapshot.ReadRowsAsync(table, range, token))
            {
                using (block)
                {
                    sum.Add(block);
                    stored.Add((block.Bytes.ToArray(), block.RowEnds.ToArray()));
                }
            }
        }

        blocks[table.QualifiedName] = stored;
        sums[table.QualifiedName] = sum;
    }
}
