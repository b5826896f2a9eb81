using DataResilience.Providers;

namespace DataResilience.Integration.Tests;

/// <summary>A provider around another one, to be changed in one place.</summary>
internal abstract class ProviderDecorator(IDatabaseProvider inner) : IDatabaseProvider
{
    public IReadOnlyList<DatabaseEngine> Engines => inner.Engines;

    public IRowFormat RowFormat => inner.RowFormat;

    public Task<IReadOnlyList<Database>> ListDatabasesAsync(
        DatabaseEndpoint endpoint, DatabaseListOptions options, CancellationToken cancellationToken) =>
        inner.ListDatabasesAsync(endpoint, options, cancellationToken);

    public virtual Task<ISourceSnapshot> OpenSnapshotAsync(DatabaseEndpoint source, SnapshotOptions options, CancellationToken cancellationToken) =>
        inner.OpenSnapshotAsync(source, options, cancellationToken);

    public Task<TargetState> InspectTargetAsync(DatabaseEndpoint target, TargetOptions options, CancellationToken cancellationToken) =>
        inner.InspectTargetAsync(target, options, cancellationToken);

    public virtual Task<IRestoreTarget> OpenTargetAsync(DatabaseEndpoint target, TargetOptions options, CancellationToken cancellationToken) =>
        inner.OpenTargetAsync(target, options, cancellationToken);
}
