namespace DataResilience.Engine.Keys.Memory;

/// <summary>What was seen of a repository: enough to notice that it went back.</summary>
internal sealed record RepositoryMemory
{
    public required string Fingerprint { get; init; }

    /// <summary>The highest keyring seen.</summary>
    public required uint KeyringNumber { get; init; }

    /// <summary>Its hash, as the next keyring names it.</summary>
    public required string KeyringSha256 { get; init; }

    /// <summary>The newest manifests seen, by slot.</summary>
    public required Dictionary<string, IReadOnlyList<RememberedManifest>> Manifests { get; init; }
}
