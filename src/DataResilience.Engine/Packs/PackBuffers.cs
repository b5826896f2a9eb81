using System.Collections.Concurrent;

namespace DataResilience.Engine.Packs;

/// <summary>
/// The buffers in which packs are put together, shared by all pack writers of a run and used again. They are the bound of
/// memory: at most <see cref="Capacity"/> × 21 MiB, 42 MiB by default. Whoever needs one more waits, which holds producers back.
/// </summary>
/// <remarks>
/// Two writers, content and catalog, keep at most one open pack each, and every other buffer is on its way into the store; so two
/// buffers are enough to make progress. A third was 21 MiB more and no faster into a local directory (5 million rows, four readers: 6.3 s
/// with either).
/// </remarks>
internal sealed class PackBuffers : IDisposable
{
    internal const int DefaultCapacity = 2;
    internal const int LeastCapacity = 2;

    private readonly SemaphoreSlim free;
    private readonly ConcurrentBag<byte[]> idle = [];
    private int inUse;
    private int mostInUse;

    internal PackBuffers(int capacity = DefaultCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, LeastCapacity);
        Capacity = capacity;
        free = new SemaphoreSlim(capacity, capacity);
    }

    internal int Capacity { get; }

    /// <summary>How many buffers are in somebody's hands.</summary>
    internal int InUse => Volatile.Read(ref inUse);

    /// <summary>How many were at most.</summary>
    internal int MostInUse => Volatile.Read(ref mostInUse);

    /// <summary>Gives a buffer of <see cref="PackLimits.MaxPackBytes"/> with anything in it, once there is one.</summary>
    internal async Task<byte[]> RentAsync(CancellationToken cancellationToken)
    {
        await free.WaitAsync(cancellationToken);
        Count(Interlocked.Increment(ref inUse));
        return idle.TryTake(out byte[]? buffer) ? buffer : GC.AllocateUninitializedArray<byte>(PackLimits.MaxPackBytes);
    }

    internal void Return(byte[] buffer)
    {
        idle.Add(buffer);
        Interlocked.Decrement(ref inUse);
        free.Release();
    }

    public void Dispose()
    {
        idle.Clear();
        free.Dispose();
    }

    private void Count(int now)
    {
        int most = Volatile.Read(ref mostInUse);
        while (now > most)
        {
            int seen = Interlocked.CompareExchange(ref mostInUse, now, most);
            most = seen == most ? now : seen;
        }
    }
}
