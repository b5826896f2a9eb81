using System.Runtime.CompilerServices;
using DataResilience.Providers;

namespace DataResilience.Integration.Tests;

/// <summary>What a backup without a snapshot would do: every table is read as it is when its turn comes.</summary>
internal sealed class TornSourceProvider(IDatabaseProvider inner) : ProviderDecorator(inner)
{
    public override async Task<ISourceSnapshot> OpenSnapshotAsync(
        DatabaseEndpoint source, SnapshotOptions options, CancellationToken cancellationToken) =>
        new Snapshot(
            await base.OpenSnapshotAsync(source, options, cancellationToken),
            token => base.OpenSnapshotAsync(source, options, token));

    private sealed class Snapshot(ISourceSnapshot first, Func<CancellationToken, Task<ISourceSnapshot>> open) : ISourceSnapshot
    {
        public SnapshotDescription Description => first.Description;

        public Task<DatabaseSchema> ReadSchemaAsync(CancellationToken cancellationToken) => first.ReadSchemaAsync(cancellationToken);

        // One range: what a table's ranges are is a matter of one state of it.
        public Task<IReadOnlyList<RowRange>> PlanRangesAsync(TableSchema table, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<RowRange>>([new RowRange(0, null, null)]);

        public async IAsyncEnumerable<RowBlock> ReadRowsAsync(
            TableSchema table, RowRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await using ISourceSnapshot own = await open(cancellationToken);
            await foreach (RowBlock block in own.ReadRowsAsync(table, range, cancellationToken))
            {
                yield return block;
            }
        }

        public Task ConfirmAsync(CancellationToken cancellationToken) => first.ConfirmAsync(cancellationToken);

        public ValueTask DisposeAsync() => first.DisposeAsync();
    }
}
