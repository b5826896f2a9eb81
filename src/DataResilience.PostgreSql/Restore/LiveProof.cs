using System.Runtime.CompilerServices;
using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>Reads tables within the transaction that restores them, where alone they are seen. The session stays the target's.</summary>
internal sealed class LiveProof(ServerSession session, string database) : ISourceSnapshot
{
    public SnapshotDescription Description => new()
    {
        Engine = DatabaseEngine.PostgreSql,
        EngineVersion = session.Version.ToString(),
        Server = session.Address.Host,
        Database = database,
        RecoveryPosition = new Dictionary<string, string>(StringComparer.Ordinal),
        MaxReaders = 1,
    };

    public Task<DatabaseSchema> ReadSchemaAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException("A proof of rows has no schema.");

    public Task<IReadOnlyList<RowRange>> PlanRangesAsync(TableSchema table, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RowRange>>([new RowRange(0, null, null)]);

    public IAsyncEnumerable<RowBlock> ReadRowsAsync(TableSchema table, RowRange range, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(range);
        return ReadAsync(table, range, cancellationToken);
    }

    public Task ConfirmAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async IAsyncEnumerable<RowBlock> ReadAsync(
        TableSchema table, RowRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Nothing too large for text is loaded here: the server's refusal would cost the session, and all that was restored with it.
        await foreach (RowBlock block in new TextRows(session, new RowQuery(table, range).Text(after: null)).ReadAsync(cancellationToken))
        {
            yield return block;
        }
    }
}
