using DataResilience.Providers;

namespace DataResilience.MySql.Tests.Restore;

/// <summary>
/// A database that nobody writes to, read as a snapshot is but without one: what holds the state still for a snapshot would wait for
/// every other test of the server.
/// </summary>
internal sealed class QuietSource(ServerSession session, ISourceSnapshot rows) : ISourceSnapshot
{
    public SnapshotDescription Description => rows.Description;

    internal static async Task<ISourceSnapshot> OpenAsync(ServerAddress address, CancellationToken token)
    {
        ServerSession session = await ServerSession.OpenAsync(address, new SourceFailures(), SessionPurpose.Read, token);
        return new QuietSource(session, await RestoredTables.OpenAsync(address, address, most: 1, token));
    }

    public Task<DatabaseSchema> ReadSchemaAsync(CancellationToken cancellationToken) =>
        new SchemaReader(session, new SnapshotOptions(1, TimeSpan.FromSeconds(30)) { IncludeRoles = true }).ReadAsync(cancellationToken);

    public Task<IReadOnlyList<RowRange>> PlanRangesAsync(TableSchema table, CancellationToken cancellationToken) => rows.PlanRangesAsync(table, cancellationToken);

    public IAsyncEnumerable<RowBlock> ReadRowsAsync(TableSchema table, RowRange range, CancellationToken cancellationToken) =>
        rows.ReadRowsAsync(table, range, cancellationToken);

    public Task ConfirmAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await rows.DisposeAsync();
        await session.DisposeAsync();
    }
}
