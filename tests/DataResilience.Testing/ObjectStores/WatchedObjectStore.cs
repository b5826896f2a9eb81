using System.Collections.Concurrent;
using DataResilience.Providers;

namespace DataResilience.Testing.ObjectStores;

/// <summary>Knows what is created and how many calls are under way: none may be once an operation has ended.</summary>
public sealed class WatchedObjectStore(IObjectStore inner) : IObjectStore
{
    private readonly ConcurrentQueue<string> created = new();
    private int underWay;

    public string Location => inner.Location;

    /// <summary>Calls that have not returned.</summary>
    public int UnderWay => Volatile.Read(ref underWay);

    /// <summary>The names of the objects that were created, in order.</summary>
    public IReadOnlyCollection<string> Created => created;

    public Task<bool> CreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => WatchAsync(async () =>
    {
        bool isNew = await inner.CreateAsync(name, content, cancellationToken);
        if (isNew)
        {
            created.Enqueue(name);
        }

        return isNew;
    });

    public Task<int?> ReadAsync(string name, long offset, Memory<byte> destination, CancellationToken cancellationToken) =>
        WatchAsync(() => inner.ReadAsync(name, offset, destination, cancellationToken));

    public Task<ObjectDescription?> FindAsync(string name, CancellationToken cancellationToken) =>
        WatchAsync(() => inner.FindAsync(name, cancellationToken));

    public IAsyncEnumerable<ObjectDescription> ListAsync(string prefix, CancellationToken cancellationToken) =>
        inner.ListAsync(prefix, cancellationToken);

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => WatchAsync(async () =>
    {
        await inner.DeleteAsync(name, cancellationToken);
        return true;
    });

    private async Task<T> WatchAsync<T>(Func<Task<T>> call)
    {
        Interlocked.Increment(ref underWay);
        try
        {
            return await call();
        }
        finally
        {
            Interlocked.Decrement(ref underWay);
        }
    }
}
