using DataResilience.Providers;

namespace DataResilience.Engine.Tests.Packs;

/// <summary>A store whose creations a test carries out itself.</summary>
internal sealed class InterceptedStore(IObjectStore inner, InterceptedStore.Creation create) : IObjectStore
{
    public delegate Task<bool> Creation(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    public string Location => inner.Location;

    public Task<bool> CreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => create(name, content, cancellationToken);

    public Task<int?> ReadAsync(string name, long offset, Memory<byte> destination, CancellationToken cancellationToken) =>
        inner.ReadAsync(name, offset, destination, cancellationToken);

    public Task<ObjectDescription?> FindAsync(string name, CancellationToken cancellationToken) => inner.FindAsync(name, cancellationToken);

    public IAsyncEnumerable<ObjectDescription> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);
}
