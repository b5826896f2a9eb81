namespace DataResilience.Engine.Keys;

/// <summary>What a keyring says, field by field (docs/repository-format.md, 4.3).</summary>
internal sealed record KeyringPayload
{
    public required uint Number { get; init; }

    /// <summary>SHA-256 of the keyring before, without its signature; empty in keyring 1.</summary>
    public required string Previous { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>SHA-256 of <c>repository.json</c>.</summary>
    public required string RepositoryFile { get; init; }

    public required KdfParameters Kdf { get; init; }

    /// <summary>The key that signs the next keyring, and deletions.</summary>
    public required byte[] AdminPublicKey { get; init; }

    public required uint Generation { get; init; }

    public required Dictionary<uint, byte[]> ContentPublicKeys { get; init; }

    public required IReadOnlyList<KeyringSlot> Slots { get; init; }

    public required IReadOnlyList<RemovedSlot> RemovedSlots { get; init; }

    public required IReadOnlyList<RetiredAdminKey> RetiredAdminKeys { get; init; }

    /// <summary>The slots' names, sealed with the catalog key (<see cref="KeyringNames"/>).</summary>
    public required byte[] Names { get; init; }
}
