using System.Collections.Concurrent;

namespace DataResilience.MySql;

/// <summary>
/// The sessions that read rows. All of them began on the same state, and none can be replaced: another one would begin on a later
/// state.
/// </summary>
internal sealed class ReaderPool : IAsyncDisposable
{
    private readonly ConcurrentBag<ServerSession> idle;
    private readonly SemaphoreSlim slots;
    private readonly ServerAddress address;
    private int alive;

    internal ReaderPool(IReadOnlyList<ServerSession> sessions, ServerAddress address)
    {
        this.address = address;
        idle = [.. sessions];
        alive = Count = sessions.Count;
        slots = new SemaphoreSlim(Count);
    }

    /// <summary>How many may read at once.</summary>
    internal int Count { get; }

    /// <summary>Waits until one more may read.</summary>
    internal async Task<Reader> EnterAsync(CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        if (idle.TryTake(out ServerSession? session))
        {
            return new Reader(this, session);
        }

        slots.Release(); // for the next one, who is to be told too
        throw Errors.ConnectionLost.Create(address, "every session that had the snapshot was given up");
    }

    public async ValueTask DisposeAsync()
    {
        while (idle.TryTake(out ServerSession? session))
        {
            await session.DisposeAsync();
        }

        slots.Dispose();
    }

    /// <summary>Takes back a session that has read everything it was to read.</summary>
    internal void Return(ServerSession session)
    {
        idle.Add(session);
        slots.Release();
    }

    /// <summary>Takes a session that was left in the middle of something.</summary>
    internal async ValueTask DiscardAsync(ServerSession session)
    {
        await session.DisposeAsync();
        if (Interlocked.Decrement(ref alive) == 0)
        {
            slots.Release();
        }
    }
}
