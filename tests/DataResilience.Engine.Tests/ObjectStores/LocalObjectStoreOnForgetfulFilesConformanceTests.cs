using DataResilience.Providers;
using DataResilience.Testing.FileLayers;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.ObjectStores;

public sealed class LocalObjectStoreOnForgetfulFilesConformanceTests : ObjectStoreConformance
{
    protected override IObjectStore CreateStore() => ForgetfulStore.Open(new ForgetfulFileLayer());
}
