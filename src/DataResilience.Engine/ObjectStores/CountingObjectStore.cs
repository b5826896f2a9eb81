using DataResilience.Providers;

namespace DataResilience.Engine.ObjectStores;

/// <summary>Counts the bytes that are read from a store and created in it, so that results can say what was really done.</summary>
internal sealed class CountingObjectStore(IObjectStore inner) : IObjectStore
{
    private long bytesRead;
    private long bytesCreated;

    internal IObjectStore Inner => inner;

    public string Location => inner.Location;

    internal long BytesRead => Interlocked.Read(ref bytesRead);

    internal long BytesCreated => Interlocked.Read(ref bytesCreated);

    public async Task<int?> ReadAsync(string name, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        int? read = await inner.ReadAsync(name, offset, destination, cancellationToken);
        Interlocked.Add(ref bytesRead, read ?? 0);
        return read;
    }

    public async Task<bool> CreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        bool created = await inner.CreateAsync(name, content, cancellationToken);
        Interlocked.Add(ref bytesCreated, created ? content.Length : 0);
        return created;
    }

    public Task<ObjectDescription?> FindAsync(string name, CancellationToken cancellationToken) => inner.FindAsync(name, cancellationToken);

    public IAsyncEnumerable<ObjectDescription> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);
}
