using DataResilience.Providers;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.ObjectStores;

public sealed class InMemoryObjectStoreConformanceTests : ObjectStoreConformance
{
    protected override IObjectStore CreateStore() => new InMemoryObjectStore();
}
