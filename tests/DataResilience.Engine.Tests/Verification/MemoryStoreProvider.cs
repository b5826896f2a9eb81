using DataResilience.Providers;

namespace DataResilience.Engine.Tests.Verification;

/// <summary>One store, whatever location is asked for.</summary>
internal sealed class MemoryStoreProvider(IObjectStore store) : IObjectStoreProvider
{
    public bool CanOpen(string location) => true;

    public IObjectStore Open(string location) => store;
}
