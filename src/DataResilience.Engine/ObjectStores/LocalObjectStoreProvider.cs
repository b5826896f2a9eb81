using DataResilience.Providers;

namespace DataResilience.Engine.ObjectStores;

/// <summary>Opens object stores that are directories: an absolute path or a <c>file:</c> URI (RFC 8089) of this host.</summary>
public sealed class LocalObjectStoreProvider : IObjectStoreProvider
{
    /// <inheritdoc/>
    public bool CanOpen(string location)
    {
        ArgumentNullException.ThrowIfNull(location);
        return PathOf(location) is not null;
    }

    /// <inheritdoc/>
    /// <exception cref="DataResilienceException"><c>ArgumentInvalid</c>: it is neither.</exception>
    public IObjectStore Open(string location)
    {
        ArgumentNullException.ThrowIfNull(location);
        string path = PathOf(location)
            ?? throw Errors.ArgumentInvalid.Create("the location", $"'{location}' is not an absolute path or a file: URI");
        return new LocalObjectStore(path);
    }

    private static string? PathOf(string location)
    {
        string? path = Path.IsPathFullyQualified(location) ? location : PathOfUri(location);

        // The base serves to remove '..' only: the path is absolute.
        return path is null || path.Contains('\0') ? null : Path.GetFullPath(path, Path.GetPathRoot(path)!);
    }

    private static string? PathOfUri(string location)
    {
        bool isLocalFile = location.StartsWith("file:/", StringComparison.OrdinalIgnoreCase)
            && Uri.TryCreate(location, UriKind.Absolute, out Uri? parsed)
            && parsed.IsFile
            && parsed.Query.Length == 0
            && parsed.Fragment.Length == 0
            && parsed.Host is "" or "localhost";
        if (!isLocalFile)
        {
            return null;
        }

        string path = new UriBuilder(location) { Host = "" }.Uri.LocalPath;
        return Path.IsPathFullyQualified(path) ? path : null;
    }
}
