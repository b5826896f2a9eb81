using System.Text;
using DataResilience.Providers;

namespace DataResilience.Testing.Databases;

internal sealed class MemoryTarget(MemoryDatabase database, string name, MemoryDatabaseProvider provider, Action<MemoryDatabase> commit) : IRestoreTarget
{
    public TargetDescription Description => new("memory", name, provider.Loaders);

    public Task CreateObjectsAsync(IReadOnlyList<SchemaObject> objects, CancellationToken cancellationToken)
    {
        foreach (SchemaObject table in objects.Where(item => item.Kind == "table"))
        {
            lock (database)
            {
                database.With(table.Name, []);
            }
        }

        lock (database)
        {
            foreach (SchemaObject item in objects.Where(item => item.Options.ContainsKey(MemorySnapshot.Extra)))
            {
                database.With(new MemoryObject(item.Kind, item.Name, item.Table));
            }
        }

        return Task.CompletedTask;
    }

    public async Task<long> LoadRowsAsync(TableSchema table, IAsyncEnumerable<RowBlock> rows, CancellationToken cancellationToken)
    {
        provider.CountLoad();
        provider.Loads.Enter();
        try
        {
            await (provider.OnLoad?.Invoke(table.Name, cancellationToken) ?? Task.CompletedTask);
            IReadOnlyList<string> lines = await ReadAsync(table, rows, cancellationToken);
            lock (database)
            {
                database.Append(table.Name, provider.LosesARow ? [.. lines.SkipLast(1)] : lines);
            }

            return lines.Count;
        }
        finally
        {
            provider.Loads.Leave();
        }
    }

    public Task<string?> CollectStatisticsAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public Task<TargetCheck> CheckAsync(CancellationToken cancellationToken) => Task.FromResult(TargetCheck.Clean);

    public Task<ISourceSnapshot> OpenProofAsync(CancellationToken cancellationToken) =>
        Task.FromResult<ISourceSnapshot>(new MemorySnapshot(database.Copy(), name, provider, isProof: true));

    public Task<IReadOnlyList<string>> CommitAsync(CancellationToken cancellationToken)
    {
        commit(database);
        return Task.FromResult(provider.CommitWarnings);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<IReadOnlyList<string>> ReadAsync(TableSchema table, IAsyncEnumerable<RowBlock> rows, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await foreach (RowBlock block in rows.WithCancellation(cancellationToken))
        {
            using (block)
            {
                provider.OnLoading?.Invoke(table.Name);
                bytes.Write(block.Bytes.Span);
            }
        }

        return Encoding.UTF8.GetString(bytes.ToArray()).Split('\n')[..^1];
    }
}
