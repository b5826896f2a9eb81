namespace DataResilience;

/// <summary>One thing that Test-BackupRepository looked at.</summary>
public sealed record RepositoryCheck
{
    /// <summary>Where the repository is.</summary>
    public required string Repository { get; init; }

    /// <summary>What was looked at, for example <c>Create</c>, <c>CreateTwice</c>, <c>RangedRead</c>, <c>Keyring</c>.</summary>
    public required string Name { get; init; }

    /// <summary>How it went.</summary>
    public required CheckStatus Status { get; init; }

    /// <summary>What was found.</summary>
    public required string Detail { get; init; }

    /// <summary>What to do, where something is wrong; otherwise empty.</summary>
    public string RecommendedAction { get; init; } = "";
}
