using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Keys;

/// <summary>A slot in a keyring: what it may do, its public keys, and the repository's keys sealed to it.</summary>
internal sealed record KeyringSlot
{
    public required ObjectId Id { get; init; }

    public required RepositoryRole Roles { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required KeyProtection Protection { get; init; }

    /// <summary>SHA-256 of the slot's object, so that damage to it shows without its passphrase.</summary>
    public required string File { get; init; }

    public required byte[] EncryptionKey { get; init; }

    public required byte[] SigningKey { get; init; }

    /// <summary>The catalog key of every generation.</summary>
    public required Dictionary<uint, byte[]> Catalog { get; init; }

    /// <summary>The deduplication secrets, by the generation from which each holds. Writer and Reader only.</summary>
    public required Dictionary<uint, byte[]> Deduplication { get; init; }

    /// <summary>The private content key of every generation. Reader only.</summary>
    public required Dictionary<uint, byte[]> Content { get; init; }

    /// <summary>The private admin key. Admin only.</summary>
    public byte[]? Admin { get; init; }
}
