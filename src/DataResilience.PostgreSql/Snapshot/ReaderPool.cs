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

    private const string Unlock = $"ROLLBACK TO SAVEPOINT {Savepoint}; RELEASE SAVEPOINT {Savepoint}";

    // Rows come in the order of pages, and twice in the same: no other way of reading may look cheaper to the planner.
    private const string PlannerSettings =
        """
        SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = off;
        SET LOCAL enable_indexonlyscan = off; SET LOCAL enable_tidscan = on
        """;

    private readonly SemaphoreSlim slots = new(count);
    private readonly ConcurrentBag<ServerSession> idle = [];

    /// <summary>How many may read at once.</summary>
    internal int Count => count;

    /// <summary>Waits until one more may read, and locks the table for it.</summary>
    internal async Task<Reader> EnterAsync(string schema, string table, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        var reader = new Reader(this, schema, table);
        try
        {
            await reader.RenewAsync(cancellationToken);
            return reader;
        }
        catch
        {
            await reader.DisposeAsync();
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

    /// <summary>Releases the table that a session has locked.</summary>
    internal static Task UnlockAsync(ServerSession session, CancellationToken cancellationToken) =>
        session.ExecuteAsync(Unlock, cancellationToken);

    /// <summary>Takes back a session that has read everything it was to read.</summary>
    internal void Return(LockedSession session)
    {
        if (session.Turn is { } turn)
        {
            turn.Dispose();
        }
        else
        {
            idle.Add(session.Session);
        }
    }

    /// <summary>Takes a session that was left in the middle of something.</summary>
    internal static async Task DiscardAsync(LockedSession session)
    {
        if (session.Turn is { } turn)
        {
            session.Session.Discard();
            turn.Dispose();
        }
        else
        {
            await session.Session.DisposeAsync();
        }
    }

    /// <summary>Lets another one read.</summary>
    internal void Leave() => slots.Release();

    /// <summary>Locks a table in a session that is free, or else in the coordinator's.</summary>
    internal async Task<LockedSession> LockAsync(string schema, string table, CancellationToken cancellationToken)
    {
        ServerSession session = idle.TryTake(out ServerSession? free) ? free : await OpenAsync(cancellationToken);
        try
        {
            await session.ExecuteAsync(
                $"SAVEPOINT {Savepoint}; {TableLocks.WithoutWaiting(schema, table)}", cancellationToken);
            // Now that the table cannot be emptied any more: was it locked all the time?
            await coordinator.RequireAliveAsync(cancellationToken);
            return new LockedSession(session, null);
        }
        catch (DataResilienceException failure) when (failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable })
        {
            await session.ExecuteAsync(Unlock, cancellationToken);
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
            return new LockedSession(turn.Session, turn);
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
