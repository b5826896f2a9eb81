namespace DataResilience;

/// <summary>A key slot of a repository.</summary>
public sealed record BackupRepositoryKey
{
    /// <summary>The slot's id, 32 hexadecimal digits.</summary>
    public required string KeyId { get; init; }

    /// <summary>The name it was given.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do.</summary>
    public required RepositoryRole Roles { get; init; }

    /// <summary>How its private part is protected.</summary>
    public required KeyProtection Protection { get; init; }

    /// <summary>When it was added, local time.</summary>
    public required DateTime Created { get; init; }

    /// <summary>Whether it is the key that opened the repository for this listing.</summary>
    public required bool IsCurrent { get; init; }

    /// <summary>The repository it belongs to.</summary>
    public required BackupRepository Repository { get; init; }

    /// <summary>The name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}
