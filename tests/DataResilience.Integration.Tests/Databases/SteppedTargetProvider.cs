using System.Runtime.CompilerServices;
using DataResilience.Providers;

namespace DataResilience.Integration.Tests;

/// <summary>Does something before each step of a restore.</summary>
internal sealed class SteppedTargetProvider(IDatabaseProvider inner, Action<TargetStep> before) : ProviderDecorator(inner)
{
    public override async Task<IRestoreTarget> OpenTargetAsync(
        DatabaseEndpoint target, TargetOptions options, CancellationToken cancellationToken) =>
        new Target(await base.OpenTargetAsync(target, options, cancellationToken), before);

    private sealed class Target(IRestoreTarget inner, Action<TargetStep> before) : IRestoreTarget
    {
        public TargetDescription Description => inner.Description;

        public Task CreateObjectsAsync(IReadOnlyList<SchemaObject> objects, CancellationToken cancellationToken)
        {
            before(objects[0].Phase == SchemaPhase.PreData ? TargetStep.CreateTables : TargetStep.CreateOthers);
            return inner.CreateObjectsAsync(objects, cancellationToken);
        }

        public Task<long> LoadRowsAsync(TableSchema table, IAsyncEnumerable<RowBlock> rows, CancellationToken cancellationToken) =>
            inner.LoadRowsAsync(table, WatchAsync(rows, cancellationToken), cancellationToken);

        public Task<string?> CollectStatisticsAsync(CancellationToken cancellationToken) => inner.CollectStatisticsAsync(cancellationToken);

        public Task<TargetCheck> CheckAsync(CancellationToken cancellationToken)
        {
            before(TargetStep.Check);
            return inner.CheckAsync(cancellationToken);
        }

        public Task<ISourceSnapshot> OpenProofAsync(CancellationToken cancellationToken)
        {
            before(TargetStep.Prove);
            return inner.OpenProofAsync(cancellationToken);
        }

        public Task<IReadOnlyList<string>> CommitAsync(CancellationToken cancellationToken)
        {
            before(TargetStep.Commit);
            return inner.CommitAsync(cancellationToken);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();

        private async IAsyncEnumerable<RowBlock> WatchAsync(
            IAsyncEnumerable<RowBlock> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (RowBlock block in rows.WithCancellation(cancellationToken))
            {
                before(TargetStep.LoadBlock);
                yield return block;
            }
        }
    }
}
