using DataResilience.Engine.ObjectStores;
using DataResilience.Providers;
using DataResilience.Testing.FileLayers;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.ObjectStores;

public sealed class LocalObjectStoreConformanceTests : ObjectStoreConformance, IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    protected override IObjectStore CreateStore() => new LocalObjectStore(Path.Join(directory.Path, "repository"));
}
