namespace DataResilience.PostgreSql;

/// <summary>A session while it reads a table: given back where that came to its end, discarded where it did not.</summary>
internal sealed class Reader(ServerSession session, ReaderPool pool, CoordinatorTurn? turn) : IAsyncDisposable
{
    private bool isComplete;

    internal ServerSession Session => session;

    /// <summary>Releases the table; the session can be used again.</summary>
    internal async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await ReaderPool.ReleaseLockAsync(session, cancellationToken);
        isComplete = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (turn is not null)
        {
            if (!isComplete && !session.IsDiscarded)
            {
                session.Discard(Task.CompletedTask);
            }

            turn.Dispose();
            pool.ReturnSlot();
        }
        else if (isComplete)
        {
            pool.Return(session);
        }
        else
        {
            await pool.DiscardAsync(session);
        }
    }
}
