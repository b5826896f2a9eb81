using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using DataResilience.Providers;

namespace DataResilience.Testing.Databases;

internal sealed class MemorySnapshot(MemoryDatabase database, string name, MemoryDatabaseProvider provider, bool isProof = false) : ISourceSnapshot
{
    internal const string Extra = "extra";
    private const int RowsInBlock = 500;

    public SnapshotDescription Description => new()
    {
        Engine = DatabaseEngine.Sqlite,
        EngineVersion = "1",
        Server = "memory",
        Database = name,
        RecoveryPosition = new Dictionary<string, string>(StringComparer.Ordinal),
        MaxReaders = provider.Readers,
    };

    public Task<DatabaseSchema> ReadSchemaAsync(CancellationToken cancellationToken)
    {
        int id = 0;
        var tables = new List<TableSchema>();
        var objects = new List<SchemaObject>();
        foreach ((string table, IReadOnlyList<string> rows) in database.Tables)
        {
            tables.Add(new TableSchema
            {
                Name = table,
                Columns = [new ColumnSchema("line", "text")],
                KeyColumns = [],
                RowEncodingVersion = 1,
                EstimatedRows = rows.Count,
            });
            objects.Add(new SchemaObject { Id = ++id, Kind = "table", Name = table, Table = table, Phase = SchemaPhase.PreData, Definition = $"create table {table}" });
            objects.Add(new SchemaObject { Id = ++id, Kind = "index", Name = $"{table}_lines", Table = table, Phase = SchemaPhase.PostData, Definition = $"create index on {table}", DependsOn = [id - 1] });
        }

        foreach (MemoryObject extra in database.Objects)
        {
            objects.Add(new SchemaObject
            {
                Id = ++id,
                Kind = extra.Kind,
                Name = extra.Name,
                Table = extra.Table,
                Phase = SchemaPhase.PostData,
                Definition = $"create {extra.Kind} {extra.Name}",
                Options = new Dictionary<string, string>(StringComparer.Ordinal) { [Extra] = "" },
                DependsOn = [.. extra.Needs.Select(need => objects.Single(item => item.Name == need).Id)],
            });
        }

        return Task.FromResult(new DatabaseSchema
        {
            Properties = new Dictionary<string, string>(StringComparer.Ordinal) { ["encoding"] = "UTF-8" },
            Tables = tables,
            Objects = objects,
        });
    }

    public Task<IReadOnlyList<RowRange>> PlanRangesAsync(TableSchema table, CancellationToken cancellationToken)
    {
        int rows = provider.RowsInRange ?? int.MaxValue;
        int ranges = Math.Max(1, (database.Tables[table.Name].Count - 1) / rows + 1);
        return Task.FromResult<IReadOnlyList<RowRange>>([.. Enumerable.Range(0, ranges).Select(i => new RowRange(
            i, i == 0 ? null : Boundary(i * rows), i == ranges - 1 ? null : Boundary((i + 1) * rows)))]);
    }

    public async IAsyncEnumerable<RowBlock> ReadRowsAsync(TableSchema table, RowRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        AtOnce reads = isProof ? provider.ProofReads : provider.Reads;
        Func<string, RowRange, CancellationToken, Task>? onRange = isProof ? provider.OnProofRange : provider.OnRange;
        Action<string>? onReading = isProof ? null : provider.OnReading;
        reads.Enter();
        try
        {
            await (onRange?.Invoke(table.Name, range, cancellationToken) ?? Task.CompletedTask);
            foreach (string[] rows in BlocksOf(RowsOf(table, range)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                onReading?.Invoke(table.Name);
                await Task.Yield();
                yield return BlockOf(rows);
            }
        }
        finally
        {
            reads.Leave();
        }
    }

    public Task ConfirmAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private IEnumerable<string> RowsOf(TableSchema table, RowRange range)
    {
        int from = range.From is null ? 0 : int.Parse(range.From, CultureInfo.InvariantCulture);
        int to = range.To is null ? int.MaxValue : int.Parse(range.To, CultureInfo.InvariantCulture);
        IReadOnlyList<string> rows = database.Tables[table.Name];
        for (int i = from; i < Math.Min(to, rows.Count); i++)
        {
            yield return rows[i];
        }
    }

    private static IEnumerable<string[]> BlocksOf(IEnumerable<string> rows)
    {
        var block = new List<string>();
        int bytes = 0;
        foreach (string row in rows)
        {
            int rowBytes = Encoding.UTF8.GetByteCount(row) + 1;
            if (block.Count == RowsInBlock || bytes + rowBytes > RowBlock.MaxBytes)
            {
                yield return [.. block];
                block.Clear();
                bytes = 0;
            }

            block.Add(row);
            bytes += rowBytes;
        }

        if (block.Count > 0)
        {
            yield return [.. block];
        }
    }

    private static string Boundary(int row) => row.ToString(CultureInfo.InvariantCulture);

    private static RowBlock BlockOf(string[] rows)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(rows.Sum(row => Encoding.UTF8.GetByteCount(row) + 1));
        int[] ends = ArrayPool<int>.Shared.Rent(rows.Length);
        int length = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            length += Encoding.UTF8.GetBytes(rows[i], bytes.AsSpan(length));
            bytes[length++] = (byte)'\n';
            ends[i] = length;
        }

        return new RowBlock(bytes, length, ends, rows.Length);
    }
}
