using System.Text;
using DataResilience.Providers;

namespace DataResilience.Testing.Databases;

internal sealed class MemoryTarget(MemoryDatabase database, string name, Action<string>? onLoading, Action<MemoryDatabase> commit) : IRestoreTarget
{
    public TargetDescription Description => new("memory", name, 2);

    public Task CreateObjectsAsync(IReadOnlyList<SchemaObject> objects, CancellationToken cancellationToken)
    {
        foreach (SchemaObject table in objects.Where(item => item.Kind == "table"))
        {
            lock (database)
            {
                database.With(table.Name, []);
            }
        }

        return Task.CompletedTask;
    }

    public async Task<long> LoadRowsAsync(TableSchema table, IAsyncEnumerable<RowBlock> rows, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        await foreach (RowBlock block in rows.WithCancellation(cancellationToken))
        {
            using (block)
            {
                onLoading?.Invoke(table.Name);
                lines.AddRange(Encoding.UTF8.GetString(block.Bytes.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries));
            }
        }

        lock (database)
        {
            database.With(table.Name, lines);
        }

        return lines.Count;
    }

    public Task<string?> CollectStatisticsAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public Task<TargetCheck> CheckAsync(CancellationToken cancellationToken) => Task.FromResult(TargetCheck.Clean);

    public Task<ISourceSnapshot> OpenProofAsync(CancellationToken cancellationToken) =>
        Task.FromResult<ISourceSnapshot>(new MemorySnapshot(database.Copy(), name, null));

    public Task CommitAsync(CancellationToken cancellationToken)
    {
        commit(database);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
