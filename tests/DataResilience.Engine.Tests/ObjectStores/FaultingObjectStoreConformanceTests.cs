using DataResilience.Providers;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.ObjectStores;

public sealed class FaultingObjectStoreConformanceTests : ObjectStoreConformance
{
    protected override IObjectStore CreateStore() => new FaultingObjectStore(new InMemoryObjectStore(), new FaultScript());
}
