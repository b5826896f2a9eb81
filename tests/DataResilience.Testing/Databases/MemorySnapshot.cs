using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using DataResilience.Providers;

namespace DataResilience.Testing.Databases;

internal sealed class MemorySnapshot(MemoryDatabase database, string name, Action<string>? onReading) : ISourceSnapshot
{
    private const int RowsInBlock = 500;

    public SnapshotDescription Description => new()
    {
        Engine = DatabaseEngine.Sqlite,
        EngineVersion = "1",
        Server = "memory",
        Database = name,
        RecoveryPosition = new Dictionary<string, string>(StringComparer.Ordinal),
        MaxReaders = 2,
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

        return Task.FromResult(new DatabaseSchema
        {
            Properties = new Dictionary<string, string>(StringComparer.Ordinal) { ["encoding"] = "UTF-8" },
            Tables = tables,
            Objects = objects,
        });
    }

    public Task<IReadOnlyList<RowRange>> PlanRangesAsync(TableSchema table, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RowRange>>([new RowRange(0, null, null)]);

    public async IAsyncEnumerable<RowBlock> ReadRowsAsync(TableSchema table, RowRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string[] rows in database.Tables[table.Name].Chunk(RowsInBlock))
        {
            cancellationToken.ThrowIfCancellationRequested();
            onReading?.Invoke(table.Name);
            await Task.Yield();
            yield return BlockOf(rows);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

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
