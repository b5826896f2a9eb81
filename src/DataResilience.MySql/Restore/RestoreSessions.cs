namespace DataResilience.MySql;

/// <summary>
/// The sessions of a restore: at most a number of them, opened when they are needed and used again. A session that failed is
/// closed, not used again: what it still holds at the server is not known.
/// </summary>
internal sealed class RestoreSessions(Func<CancellationToken, Task<ServerSession>> open, int most) : IAsyncDisposable
{
    private readonly SemaphoreSlim places = new(most, most);
    private readonly Stack<ServerSession> free = new();
    private readonly HashSet<int> abandoned = [];
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

    /// <summary>Ends at the server what goes on there for sessions that failed: an index would be built to its end.</summary>
    /// <param name="session">A session that works.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task EndAbandonedAsync(ServerSession session, CancellationToken cancellationToken)
    {
        foreach (int id in abandoned)
        {
            await AbandonedSession.EndAsync(session, id, cancellationToken);
        }

        abandoned.Clear();
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
            lock (gate)
            {
                abandoned.Add(session.ProcessId);
            }

            await session.DisposeAsync();
            return;
        }

        lock (gate)
        {
            free.Push(session);
        }
    }
}
