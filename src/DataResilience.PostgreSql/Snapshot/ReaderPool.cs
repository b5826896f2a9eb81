using System.Collections.Concurrent;
using Npgsql;

namespace DataResilience.PostgreSql;

/// <summary>The sessions that read rows: opened when they are needed, all on the coordinator's snapshot.</summary>
/// <param name="coordinator">Holds the snapshot and the locks.</param>
/// <param name="open">Opens a session.</param>
/// <param name="count">How many there may be.</param>
internal sealed class ReaderPool(Coordinator coordinator, Func<CancellationToken, Task<ServerSession>> open, int count) : IAsyncDisposable
{
    // A lock that was taken behind a savepoint is released by going back to it: locks of 10,000 tables would not fit.
    private const string Savepoint = "dataresilience_table";

    private const string Release = $"ROLLBACK TO SAVEPOINT {Savepoint}; RELEASE SAVEPOINT {Savepoint}";

    // Rows come in the order of pages, and twice in the same: no other way of reading may look cheaper to the planner.
    private const string PlannerSettings =
        """
        SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = off;
        SET LOCAL enable_indexonlyscan = off; SET LOCAL enable_tidscan = on
        """;

    private readonly SemaphoreSlim slots = new(count);
    private readonly ConcurrentBag<ServerSession> idle = [];

    /// <summary>Takes a session that has the table locked.</summary>
    internal async Task<Reader> EnterAsync(string schema, string table, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        try
        {
            return await LockAsync(schema, table, cancellationToken);
        }
        catch
        {
            slots.Release();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (idle.TryTake(out ServerSession? session))
        {
            await session.DisposeAsync();
        }

        slots.Dispose();
    }

    /// <summary>Gives a session back that has read everything it was to read.</summary>
    internal static Task ReleaseLockAsync(ServerSession session, CancellationToken cancellationToken) =>
        session.ExecuteAsync(Release, cancellationToken);

    internal void Return(ServerSession session)
    {
        idle.Add(session);
        slots.Release();
    }

    internal async Task DiscardAsync(ServerSession session)
    {
        await session.DisposeAsync();
        slots.Release();
    }

    internal void ReturnSlot() => slots.Release();

    private async Task<Reader> LockAsync(string schema, string table, CancellationToken cancellationToken)
    {
        ServerSession session = idle.TryTake(out ServerSession? free) ? free : await OpenAsync(cancellationToken);
        try
        {
            await session.ExecuteAsync(
                $"SAVEPOINT {Savepoint}; {TableLocks.WithoutWaiting(schema, table)}", cancellationToken);
            // Now that the table cannot be emptied any more: was it locked all the time?
            await coordinator.RequireAliveAsync(cancellationToken);
            return new Reader(session, this, turn: null);
        }
        catch (DataResilienceException failure) when (failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable })
        {
            await session.ExecuteAsync(Release, cancellationToken);
            idle.Add(session);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }

        // Somebody waits to alter it, and stands before everybody but the one that has it locked already.
        CoordinatorTurn turn = await coordinator.EnterAsync(cancellationToken);
        try
        {
            await turn.Session.ExecuteAsync($"SAVEPOINT {Savepoint}; {PlannerSettings}", cancellationToken);
            return new Reader(turn.Session, this, turn);
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    private async Task<ServerSession> OpenAsync(CancellationToken cancellationToken)
    {
        ServerSession session = await open(cancellationToken);
        try
        {
            await session.ExecuteAsync(
                $"""
                BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY;
                SET TRANSACTION SNAPSHOT {SqlName.Text(coordinator.SnapshotId)};
                {PlannerSettings}
                """,
                cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            // Without its session the snapshot is no more, which is the cause to be told.
            await coordinator.RequireAliveAsync(cancellationToken);
            throw;
        }
    }
}
