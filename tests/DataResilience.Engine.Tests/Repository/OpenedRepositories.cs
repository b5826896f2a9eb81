using DataResilience.Engine.Keys;
using DataResilience.Engine.Keys.Memory;
using DataResilience.Engine.Operations;
using DataResilience.Engine.Repository;
using DataResilience.Providers;

namespace DataResilience.Engine.Tests.Repository;

/// <summary>What the tests of this folder need of a repository.</summary>
internal static class OpenedRepositories
{
    internal static OpenedRepository Of(IObjectStore store, RepositoryKeys keys) => new()
    {
        Location = store.Location,
        Store = store,
        Keys = keys,
        Keyring = keys.Keyring,
        Fingerprint = keys.Keyring.Fingerprint,
        Problems = [],
        Memory = new ClientMemory(null),
    };

    internal static EngineServices Services(TimeProvider time) => new() { DatabaseProviders = [], StoreProviders = [], Time = time };
}
