namespace DataResilience;

/// <summary>How a request names a repository: its location, or an opened one.</summary>
/// <param name="Location">A directory, or later a bucket URI.</param>
public sealed record RepositoryReference(string Location)
{
    internal object? OpenedKey { get; init; }

    /// <summary>Names an opened repository, so that its key need not be given again.</summary>
    /// <param name="repository">A repository object.</param>
    /// <returns>A reference that carries the opened key.</returns>
    public static RepositoryReference To(BackupRepository repository)
    {
        ArgumentNullException.ThrowIfNull(repository);
        return new RepositoryReference(repository.Location) { OpenedKey = repository.OpenedKey };
    }

    /// <summary>The location.</summary>
    /// <returns>The location.</returns>
    public override string ToString() => Location;
}
