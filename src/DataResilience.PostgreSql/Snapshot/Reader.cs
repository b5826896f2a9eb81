namespace DataResilience.PostgreSql;

/// <summary>A session while it reads a table: given back where that came to its end, discarded where it did not.</summary>
internal sealed class Reader(ReaderPool pool, string schema, string table) : IAsyncDisposable
{
    private LockedSession? current;
    private bool isComplete;

    internal ServerSession Session => current?.Session ?? throw new ObjectDisposedException(nameof(Reader));

    /// <summary>Locks the table; in place of a session that cannot be used any more, in another one.</summary>
    internal async Task RenewAsync(CancellationToken cancellationToken)
    {
        await DiscardAsync();
        current = await pool.LockAsync(schema, table, cancellationToken);
    }

    /// <summary>Releases the table; the session can be used again.</summary>
    internal async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await ReaderPool.UnlockAsync(Session, cancellationToken);
        isComplete = true;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (isComplete && current is { } session)
            {
                current = null;
                pool.Return(session);
            }

            await DiscardAsync();
        }
        finally
        {
            pool.Leave();
        }
    }

    private async Task DiscardAsync()
    {
        LockedSession? session = current;
        current = null;
        if (session is not null)
        {
            await ReaderPool.DiscardAsync(session);
        }
    }
}
