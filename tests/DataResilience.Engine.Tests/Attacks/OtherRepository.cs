using DataResilience.Engine.Tests.Verification;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Attacks;

/// <summary>A second repository, whose objects are sound and do not belong into the first.</summary>
public sealed class OtherRepository : IAsyncLifetime
{
    internal BaseRepository Repository { get; } = new();

    internal InMemoryObjectStore Store => Repository.Store;

    public ValueTask InitializeAsync() => Repository.InitializeAsync();

    public ValueTask DisposeAsync() => Repository.DisposeAsync();
}
