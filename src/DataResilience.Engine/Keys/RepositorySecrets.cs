using System.Security.Cryptography;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Keys;

/// <summary>The repository's secret keys, as far as a slot's roles give them away (docs/repository-format.md, 4). Overwritten on disposal.</summary>
internal sealed record RepositorySecrets : IDisposable
{
    /// <summary>By generation.</summary>
    public required IReadOnlyDictionary<uint, byte[]> Catalog { get; init; }

    /// <summary>By the generation from which each holds.</summary>
    public required IReadOnlyDictionary<uint, byte[]> Deduplication { get; init; }

    /// <summary>Private content keys by generation.</summary>
    public required IReadOnlyDictionary<uint, byte[]> Content { get; init; }

    public byte[]? Admin { get; init; }

    /// <summary>Opens everything that is sealed to a slot.</summary>
    /// <exception cref="CryptographicException">A box is not for this slot, this purpose or this generation.</exception>
    internal static RepositorySecrets Open(KeyringSlot slot, P256KeyPair slotKey, ObjectId repositoryId)
    {
        return new RepositorySecrets
        {
            Catalog = OpenAll(slot.Catalog, BoxPurpose.Catalog),
            Deduplication = OpenAll(slot.Deduplication, BoxPurpose.Deduplication),
            Content = OpenAll(slot.Content, BoxPurpose.Content),
            Admin = slot.Admin is null ? null : slotKey.Open(slot.Admin, new BoxContext(BoxPurpose.Admin, repositoryId, 0, slot.Id)),
        };

        Dictionary<uint, byte[]> OpenAll(Dictionary<uint, byte[]> boxes, string purpose) =>
            boxes.ToDictionary(box => box.Key, box => slotKey.Open(box.Value, new BoxContext(purpose, repositoryId, box.Key, slot.Id)));
    }

    /// <summary>Seals to another slot what its roles give it.</summary>
    internal KeyBoxes SealTo(ObjectId slotId, byte[] encryptionKey, RepositoryRole roles, ObjectId repositoryId)
    {
        bool sharesChunks = (roles & (RepositoryRole.Writer | RepositoryRole.Reader)) != RepositoryRole.Keeper;
        return new KeyBoxes(
            SealAll(Catalog, BoxPurpose.Catalog),
            sharesChunks ? SealAll(Deduplication, BoxPurpose.Deduplication) : [],
            roles.HasFlag(RepositoryRole.Reader) ? SealAll(Content, BoxPurpose.Content) : [],
            roles.HasFlag(RepositoryRole.Admin) ? SealOne(Admin!, BoxPurpose.Admin, 0) : null);

        Dictionary<uint, byte[]> SealAll(IReadOnlyDictionary<uint, byte[]> secrets, string purpose) =>
            secrets.ToDictionary(secret => secret.Key, secret => SealOne(secret.Value, purpose, secret.Key));

        byte[] SealOne(byte[] secret, string purpose, uint generation) =>
            SealedBox.Seal(secret, encryptionKey, new BoxContext(purpose, repositoryId, generation, slotId));
    }

    public void Dispose()
    {
        foreach (byte[] secret in Catalog.Values.Concat(Deduplication.Values).Concat(Content.Values))
        {
            CryptographicOperations.ZeroMemory(secret);
        }

        CryptographicOperations.ZeroMemory(Admin);
    }

    /// <summary>No secret in a log: a record would print its fields.</summary>
    public override string ToString() => nameof(RepositorySecrets);
}
