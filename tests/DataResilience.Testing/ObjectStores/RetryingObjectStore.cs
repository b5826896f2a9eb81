using DataResilience.Providers;

namespace DataResilience.Testing.ObjectStores;

/// <summary>
/// A store on a line that loses the reply to every first attempt: each create is carried out, asked for again, and so answered with
/// "there already". Clients of S3 do that by themselves.
/// </summary>
public sealed class RetryingObjectStore(IObjectStore inner) : IObjectStore
{
    private int lostReplies;

    /// <summary>How many creates were carried out though they were answered with false.</summary>
    public int LostReplies => Volatile.Read(ref lostReplies);

    public string Location => inner.Location;

    public async Task<bool> CreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (await inner.CreateAsync(name, content, cancellationToken))
        {
            Interlocked.Increment(ref lostReplies);
        }

        return await inner.CreateAsync(name, content, cancellationToken);
    }

    public Task<int?> ReadAsync(string name, long offset, Memory<byte> destination, CancellationToken cancellationToken) =>
        inner.ReadAsync(name, offset, destination, cancellationToken);

    public Task<ObjectDescription?> FindAsync(string name, CancellationToken cancellationToken) => inner.FindAsync(name, cancellationToken);

    public IAsyncEnumerable<ObjectDescription> ListAsync(string prefix, CancellationToken cancellationToken) =>
        inner.ListAsync(prefix, cancellationToken);

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);
}
