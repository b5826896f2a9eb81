using System.Globalization;
using DataResilience.Engine.ObjectStores;
using DataResilience.Providers;

namespace DataResilience.Testing.FileLayers;

/// <summary>Opens local stores on given files, each with temporary names of its own.</summary>
internal sealed class FileLayerStoreProvider(IFileLayer files, Func<IObjectStore, IObjectStore>? around = null) : IObjectStoreProvider
{
    private static int temporaryNames;

    public bool CanOpen(string location) => true;

    public IObjectStore Open(string location)
    {
        IObjectStore store = new LocalObjectStore(location, files, NewTemporaryName);
        return around is null ? store : around(store);
    }

    // By process too: processes that are killed leave their temporary files to those that come after them.
    private static string NewTemporaryName() =>
        $"{Environment.ProcessId.ToString("x8", CultureInfo.InvariantCulture)}{Interlocked.Increment(ref temporaryNames).ToString("x8", CultureInfo.InvariantCulture)}";
}
