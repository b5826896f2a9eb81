namespace DataResilience.MySql;

/// <summary>All sessions that read one state: one for the catalog, the others for rows.</summary>
internal sealed class SnapshotSessions(Func<CancellationToken, Task<ServerSession>> open, int readers) : IAsyncDisposable
{
    private readonly List<ServerSession> sessions = [];

    /// <summary>All of them.</summary>
    internal IReadOnlyList<ServerSession> All => sessions;

    /// <summary>The one that answers questions.</summary>
    internal ServerSession Catalog => sessions[0];

    /// <summary>Those that read rows.</summary>
    internal IReadOnlyList<ServerSession> Readers => sessions[1..];

    /// <summary>Opens those that are not open. Whoever holds a state still must not wait for connections.</summary>
    internal async Task OpenAsync(CancellationToken cancellationToken)
    {
        foreach (ServerSession lost in sessions.Where(session => !IsUsable(session)).ToArray())
        {
            sessions.Remove(lost);
            await lost.DisposeAsync();
        }

        while (sessions.Count < readers + 1)
        {
            ServerSession session = await open(cancellationToken);
            sessions.Add(session);
            // In another isolation level a snapshot is not taken when it is asked for, or not at all.
            await session.ExecuteAsync("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ", cancellationToken);
            await KeepOutOfLogAsync(session, cancellationToken);
        }
    }

    /// <summary>Begins all transactions, at the same time.</summary>
    internal Task BeginAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(sessions.Select(session => Reader.BeginAsync(session, cancellationToken)));

    /// <summary>Ends all transactions.</summary>
    internal async Task EndAsync(CancellationToken cancellationToken)
    {
        foreach (ServerSession session in sessions.Where(IsUsable))
        {
            await session.ExecuteAsync("ROLLBACK", cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ServerSession session in sessions)
        {
            await session.DisposeAsync();
        }

        sessions.Clear();
    }

    /// <summary>
    /// MariaDB lets go of the tables behind a savepoint only in a session that is not logged. Who has no right to that has those who
    /// would alter a table wait until the backup has ended.
    /// </summary>
    private static async Task KeepOutOfLogAsync(ServerSession session, CancellationToken cancellationToken)
    {
        if (!session.Version.IsMariaDb)
        {
            return;
        }

        try
        {
            await session.ExecuteAsync("SET SESSION sql_log_bin = 0", cancellationToken);
        }
        catch (DataResilienceException failure) when (HoldFailure.Of(failure) is { MayTryAgain: false })
        {
            return;
        }
    }

    private static bool IsUsable(ServerSession session) => !session.IsDiscarded && session.Connection.State == System.Data.ConnectionState.Open;
}
