using System.Management.Automation;

namespace DataResilience.PowerShell.Arguments;

/// <summary>Paths as PowerShell understands them: drives, <c>~</c>, and the location of the runspace, which is not the process's.</summary>
internal static class ProviderPath
{
    private const string FileSystem = "FileSystem";

    /// <summary>Resolves a path, which need not exist.</summary>
    /// <param name="session">The session whose location counts.</param>
    /// <param name="path">The path as it was given.</param>
    /// <returns>The full path in the file system.</returns>
    /// <exception cref="DataResilienceException"><c>ArgumentInvalid</c>: the path leads elsewhere, or nowhere.</exception>
    public static string Resolve(SessionState session, string path)
    {
        try
        {
            string full = session.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return provider.Name == FileSystem
                ? full
                : throw Errors.ArgumentInvalid.Create($"the path '{path}'", $"it belongs to the provider {provider.Name}, not to the file system");
        }
        catch (SessionStateException unresolved)
        {
            throw Errors.ArgumentInvalid.CreateFrom(unresolved, $"the path '{path}'", unresolved.Message.TrimEnd('.'));
        }
    }

    /// <summary>Resolves a repository's location where it is a directory; a URI of a bucket is left as it is.</summary>
    /// <param name="session">The session whose location counts.</param>
    /// <param name="repository">The repository as it was given.</param>
    /// <returns>The same repository with its full location.</returns>
    public static RepositoryReference Resolve(SessionState session, RepositoryReference repository) =>
        repository.Location.Contains("://", StringComparison.Ordinal)
            ? repository
            : repository with { Location = Resolve(session, repository.Location) };
}
