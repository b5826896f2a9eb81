using DataResilience.Providers;

namespace DataResilience.Integration.Tests;

/// <summary>Does something before the rows of each table are read.</summary>
internal sealed class WatchedSourceProvider(IDatabaseProvider inner, Func<TableSchema, Task> beforeTable) : ProviderDecorator(inner)
{
    public override async Task<ISourceSnapshot> OpenSnapshotAsync(
        DatabaseEndpoint source, SnapshotOptions options, CancellationToken cancellationToken) =>
        new Snapshot(await base.OpenSnapshotAsync(source, options, cancellationToken), beforeTable);

    private sealed class Snapshot(ISourceSnapshot inner, Func<TableSchema, Task> beforeTable) : ISourceSnapshot
    {
        public SnapshotDescription Description => inner.Description;

        public Task<DatabaseSchema> ReadSchemaAsync(CancellationToken cancellationToken) => inner.ReadSchemaAsync(cancellationToken);

        public async Task<IReadOnlyList<RowRange>> PlanRangesAsync(TableSchema table, CancellationToken cancellationToken)
        {
            await beforeTable(table);
            return await inner.PlanRangesAsync(table, cancellationToken);
        }

        public IAsyncEnumerable<RowBlock> ReadRowsAsync(TableSchema table, RowRange range, CancellationToken cancellationToken) =>
            inner.ReadRowsAsync(table, range, cancellationToken);

        public Task ConfirmAsync(CancellationToken cancellationToken) => inner.ConfirmAsync(cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
