using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Keys;

/// <summary>
/// What an opened slot can do with a repository's keys. What its roles do not allow throws <c>RoleRequired</c>; a generation that
/// the keyring does not know is a <see cref="System.Security.Cryptography.CryptographicException"/>. Keys come as copies, which the
/// caller may overwrite. Safe for many threads.
/// </summary>
internal interface IRepositoryKeys
{
    ObjectId RepositoryId { get; }

    ObjectId SlotId { get; }

    RepositoryRole Roles { get; }

    /// <summary>The newest generation; what is written is sealed with its keys.</summary>
    uint Generation { get; }

    /// <summary>The catalog key of a generation, 32 bytes.</summary>
    byte[] CatalogKey(uint generation);

    /// <summary>The deduplication secret of the newest generation, 32 bytes. Writer and Reader only.</summary>
    byte[] DeduplicationSecret();

    /// <summary>The public half of the content key pair, 65 bytes.</summary>
    byte[] ContentPublicKey(uint generation);

    /// <summary>Opens a box of purpose <c>pack</c> with the private half of the content key pair. Reader only.</summary>
    byte[] OpenContentBox(uint generation, ObjectId contentKeyId, ReadOnlySpan<byte> box);

    /// <summary>Signs with the slot's own key: 64 bytes.</summary>
    byte[] Sign(ReadOnlySpan<byte> message);

    /// <summary>Signs with the newest admin key: 64 bytes. Admin only.</summary>
    byte[] SignAsAdmin(ReadOnlySpan<byte> message);

    /// <summary>
    /// Verifies a signature of a slot, present or removed, or, for <see cref="ObjectId.Zero"/>, of any admin key of the keyring's
    /// chain; false for a slot that the keyring does not know.
    /// </summary>
    bool Verify(ObjectId signer, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);

    /// <summary>The roles of a slot, present or removed; null for one that the keyring does not know.</summary>
    RepositoryRole? RolesOf(ObjectId slotId);

    /// <summary>
    /// Whether something rightly signed does not count: its signer was removed, or the admin key replaced, and the object, named by
    /// its SHA-256, is not among those that counted then.
    /// </summary>
    bool IsRevoked(ObjectId signer, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> objectSha256);
}
