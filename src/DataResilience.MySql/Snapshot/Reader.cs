namespace DataResilience.MySql;

/// <summary>A session while it reads a table: given back where that came to its end, discarded where it did not.</summary>
internal sealed class Reader(ReaderPool pool, ServerSession session) : IAsyncDisposable
{
    // Whoever would alter a table waits for those who have read it, to the end of their transaction or back to a savepoint; and all who
    // come later wait for him.
    private const string Savepoint = "dataresilience_table";

    private bool isComplete;

    internal ServerSession Session => session;

    /// <summary>Begins to read the state that there is now.</summary>
    internal static async Task BeginAsync(ServerSession session, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY", cancellationToken);
        await session.ExecuteAsync($"SAVEPOINT {Savepoint}", cancellationToken);
    }

    /// <summary>Lets go of the tables that were read.</summary>
    internal static Task ReleaseTablesAsync(ServerSession session, CancellationToken cancellationToken) =>
        session.ExecuteAsync($"ROLLBACK TO SAVEPOINT {Savepoint}", cancellationToken);

    /// <summary>Releases the table; the session can be used again.</summary>
    internal async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await ReleaseTablesAsync(session, cancellationToken);
        isComplete = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (isComplete)
        {
            pool.Return(session);
        }
        else
        {
            await pool.DiscardAsync(session);
        }
    }
}
