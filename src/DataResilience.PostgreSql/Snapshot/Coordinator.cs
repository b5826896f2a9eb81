namespace DataResilience.PostgreSql;

/// <summary>
/// The session that took the snapshot, holds the locks of all tables and stays in its transaction to the end. What it does, it does
/// one after the other.
/// </summary>
internal sealed class Coordinator(ServerSession session, string snapshotId) : IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1);

    /// <summary>What other sessions import the snapshot by.</summary>
    internal string SnapshotId => snapshotId;

    internal ServerAddress Address => session.Address;

    internal Version Version => session.Version;

    /// <summary>Has the session to itself until what is returned is disposed.</summary>
    /// <exception cref="DataResilienceException"><c>ConnectionLost</c> if the session is gone, and its locks with it.</exception>
    internal async Task<CoordinatorTurn> EnterAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (session.IsDiscarded)
            {
                throw Errors.ConnectionLost.Create(Address, "the session that holds the snapshot was abandoned");
            }

            await session.ExecuteAsync("SELECT", cancellationToken);
            return new CoordinatorTurn(session, gate);
        }
        catch
        {
            gate.Release();
            throw;
        }
    }

    /// <summary>Fails if the session is gone, and its locks with it.</summary>
    internal async Task RequireAliveAsync(CancellationToken cancellationToken)
    {
        CoordinatorTurn turn = await EnterAsync(cancellationToken);
        turn.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await session.DisposeAsync();
        gate.Dispose();
    }
}
