using DataResilience.Engine.ObjectStores;
using DataResilience.Providers;
using DataResilience.Testing.FileLayers;

namespace DataResilience.Integration.Tests;

/// <summary>Opens local stores whose every step on files is seen before it is taken, and may fail.</summary>
internal sealed class InterceptedStoreProvider(Action<FileOperation, string> before) : IObjectStoreProvider
{
    public bool CanOpen(string location) => Path.IsPathFullyQualified(location);

    public IObjectStore Open(string location)
    {
        var files = new InterceptedFileLayer(new PhysicalFileLayer(), (operation, path) =>
        {
            before(operation, path);
            return true;
        });
        return new LocalObjectStore(location, files, () => Guid.NewGuid().ToString("n"));
    }
}
