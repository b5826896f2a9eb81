namespace DataResilience;

/// <summary>A place of backups, opened with a key.</summary>
public sealed record BackupRepository
{
    /// <summary>Where it is.</summary>
    public required string Location { get; init; }

    /// <summary>Its id, 32 hexadecimal digits.</summary>
    public required string RepositoryId { get; init; }

    /// <summary>Its fingerprint: compare it once with what New-BackupRepository printed.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The version of its format.</summary>
    public required int FormatVersion { get; init; }

    /// <summary>The name of the key that opened it.</summary>
    public required string KeyName { get; init; }

    /// <summary>The roles of the key that opened it.</summary>
    public required RepositoryRole Roles { get; init; }

    /// <summary>How many backups it holds.</summary>
    public required int Backups { get; init; }

    /// <summary>How many databases these are of.</summary>
    public required int Databases { get; init; }

    /// <summary>Bytes it takes in its object store.</summary>
    public required long StoredSize { get; init; }

    /// <summary>When the newest backup was taken, local time; null if there is none.</summary>
    public DateTime? LatestBackup { get; init; }

    /// <summary>The opened key. Not public, so that no serializer, view or transcript can show it; it does not survive leaving the process.</summary>
    internal object? OpenedKey { get; init; }

    /// <summary>The location, which binds wherever a repository is asked for.</summary>
    /// <returns>The location.</returns>
    public override string ToString() => Location;

    /// <summary>Two repositories are equal when place and identity are.</summary>
    /// <param name="other">The other one.</param>
    /// <returns>True if both are the same repository.</returns>
    public bool Equals(BackupRepository? other) =>
        other is not null && Location == other.Location && RepositoryId == other.RepositoryId;

    /// <summary>A hash that goes with <see cref="Equals(BackupRepository)"/>.</summary>
    /// <returns>A hash.</returns>
    public override int GetHashCode() => HashCode.Combine(Location, RepositoryId);
}
