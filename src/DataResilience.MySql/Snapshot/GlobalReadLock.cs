namespace DataResilience.MySql;

/// <summary>FLUSH TABLES WITH READ LOCK: nobody writes, on the whole server.</summary>
internal sealed class GlobalReadLock : StateLock
{
    // It waits for every statement that runs, and everybody waits for it. Given up, it leaves MySQL's writers waiting all the same until
    // the statement has ended that it waited for: so it is never asked for while one runs.
    private const string LongQuery =
        """
        SELECT CONCAT('the statement of session ', ID, ' has been running for ', TIME, ' seconds')
        FROM information_schema.PROCESSLIST
        WHERE COMMAND IN ('Query', 'Execute') AND TIME >= 1 AND ID <> CONNECTION_ID()
        ORDER BY TIME DESC
        LIMIT 1
        """;

    private bool locksInstance;

    internal override LockMode Mode => LockMode.GlobalReadLock;

    internal override string Statement => "FLUSH TABLES WITH READ LOCK";

    internal override string Sentence => $"All readers began under FLUSH TABLES WITH READ LOCK{InstanceLock.Clause(locksInstance)}.";

    internal override Task<string?> FindHindranceAsync(ServerSession keeper, CancellationToken cancellationToken) =>
        keeper.ScalarAsync(LongQuery, cancellationToken);

    protected override Task TakeAsync(ServerSession keeper, IReadOnlyList<SourceTable> tables, CancellationToken cancellationToken) =>
        keeper.ExecuteAsync(Statement, cancellationToken);

    internal override async Task<string?> SettleAsync(
        ServerSession keeper, IReadOnlyList<ServerSession> readers, CancellationToken cancellationToken)
    {
        // Not before: a statement that waits for it would be waited for by the other lock.
        locksInstance = await InstanceLock.TryTakeAsync(keeper, cancellationToken);
        return null;
    }

    internal override Task ReleaseAsync(ServerSession keeper, CancellationToken cancellationToken) =>
        keeper.ExecuteAsync("UNLOCK TABLES", cancellationToken);
}
