namespace DataResilience;

/// <summary>How a request names a backup: an id, a unique beginning or end of one, or <c>latest</c>.</summary>
/// <param name="Id">The text that names it.</param>
public sealed record BackupReference(string Id)
{
    /// <summary>The word that means the newest complete backup of one database.</summary>
    public const string Latest = "latest";

    /// <summary>The repository it came from, where it was made from a result; null for a bare id.</summary>
    public RepositoryReference? Repository { get; init; }

    /// <summary>The id.</summary>
    /// <returns>The id.</returns>
    public override string ToString() => Id;
}
