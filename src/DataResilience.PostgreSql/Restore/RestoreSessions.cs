namespace DataResilience.PostgreSql;

/// <summary>
/// The sessions of a restore: at most a number of them, opened when they are needed and used again. A session that failed is
/// closed, not used again: what it still holds at the server is not known.
/// </summary>
internal sealed class RestoreSessions(Func<CancellationToken, Task<ServerSession>> open, int most) : IAsyncDisposable
{
    private readonly SemaphoreSlim places = new(most, most);
    private readonly Stack<ServerSession> free = new();
    private readonly Lock gate = new();

    /// <summary>How many there can be at once.</summary>
    internal int Most => most;

    /// <summary>Runs work on a session of its own, waiting for one if all are busy.</summary>
    internal async Task<T> UseAsync<T>(Func<ServerSession, Task<T>> work, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            ServerSession session = Take() ?? await open(cancellationToken);
            bool isGood = false;
            try
            {
                T result = await work(session);
                isGood = true;
                return result;
            }
            finally
            {
                await LeaveAsync(session, isGood);
            }
        }
        finally
        {
            places.Release();
        }
    }

    internal Task UseAsync(Func<ServerSession, Task> work, CancellationToken cancellationToken) => UseAsync(
        async session =>
        {
            await work(session);
            return true;
        },
        cancellationToken);

    /// <summary>Closes every session that nobody uses.</summary>
    internal async Task CloseAsync()
    {
        while (Take() is { } session)
        {
            await session.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        places.Dispose();
    }

    private ServerSession? Take()
    {
        lock (gate)
        {
            return free.TryPop(out ServerSession? session) ? session : null;
        }
    }

    private async Task LeaveAsync(ServerSession session, bool isGood)
    {
        if (!isGood)
        {
            await session.DisposeAsync();
            return;
        }

        lock (gate)
        {
            free.Push(session);
        }
    }
}
