namespace DataResilience.PowerShell.Arguments;

/// <summary>Reads a repository out of what was given for one.</summary>
internal static class RepositoryArgument
{
    /// <summary>Reads it.</summary>
    /// <param name="value">Whatever was given.</param>
    /// <returns>The reference; null where the value names no repository.</returns>
    public static RepositoryReference? From(object? value) => Unwrapped.Of(value) switch
    {
        RepositoryReference reference => reference,
        BackupRepository repository => RepositoryReference.To(repository),
        string { Length: > 0 } location => new RepositoryReference(location),
        FileSystemInfo directory => new RepositoryReference(directory.FullName),
        _ => Unwrapped.IsDeserialized<BackupRepository>(value) && value!.ToString() is { Length: > 0 } location
            ? new RepositoryReference(location)
            : null,
    };
}
