using System.Security.Cryptography;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Keys;

/// <summary>What changes of the keys when a slot is removed. The one mutable thing in the making of a keyring.</summary>
internal sealed class KeyRotation(Keyring current, RepositorySecrets held, IRandomSource random) : IDisposable
{
    private readonly List<byte[]> created = [];
    private readonly List<RetiredAdminKey> retired = [.. current.Payload.RetiredAdminKeys];
    private readonly Dictionary<uint, byte[]> contentPublicKeys = new(current.Payload.ContentPublicKeys);
    private KeyringSlot[] slots = [.. current.Slots];
    private RemovedSlot[] removed = [.. current.Payload.RemovedSlots];
    private byte[] adminPublicKey = current.Payload.AdminPublicKey;
    private uint generation = current.Generation;

    /// <summary>What the editor holds from now on.</summary>
    internal RepositorySecrets Secrets { get; private set; } = held;

    internal void Remove(KeyringSlot slot, string[] records, KeyringSlot[] remaining)
    {
        slots = remaining;
        removed = [.. removed, new RemovedSlot { Id = slot.Id, Roles = slot.Roles, SigningKey = slot.SigningKey, Manifests = records }];
    }

    /// <summary>A new catalog key and content key pair. The deduplication secret goes on, or everything would be stored again.</summary>
    internal void BeginGeneration()
    {
        generation++;
        byte[] catalog = new byte[KeyDerivation.KeyBytes];
        random.Fill(catalog);
        P256KeyPair content = P256KeyPair.Generate();
        created.AddRange([catalog, content.PrivateKey]);
        contentPublicKeys.Add(generation, content.PublicKey);
        Secrets = Secrets with
        {
            Catalog = new Dictionary<uint, byte[]>(Secrets.Catalog) { [generation] = catalog },
            Content = new Dictionary<uint, byte[]>(Secrets.Content) { [generation] = content.PrivateKey },
        };
        slots = [.. slots.Select(slot => AddGeneration(slot, catalog, content.PrivateKey))];
    }

    /// <summary>A new admin key pair: this keyring is still signed with the old one, and names the new one.</summary>
    internal void ReplaceAdminKey(string[] deletions)
    {
        retired.Add(new RetiredAdminKey { PublicKey = adminPublicKey, Deletions = deletions });
        P256KeyPair admin = P256KeyPair.Generate();
        created.Add(admin.PrivateKey);
        adminPublicKey = admin.PublicKey;
        slots = [.. slots.Select(slot => slot.Admin is null ? slot : slot with { Admin = Seal(slot, admin.PrivateKey, BoxPurpose.Admin, 0) })];
    }

    internal KeyringPayload Apply(KeyringPayload payload) => payload with
    {
        Slots = slots,
        RemovedSlots = removed,
        RetiredAdminKeys = retired,
        AdminPublicKey = adminPublicKey,
        Generation = generation,
        ContentPublicKeys = contentPublicKeys,
    };

    public void Dispose() => created.ForEach(secret => CryptographicOperations.ZeroMemory(secret));

    private KeyringSlot AddGeneration(KeyringSlot slot, byte[] catalog, byte[] content) => slot with
    {
        Catalog = new Dictionary<uint, byte[]>(slot.Catalog) { [generation] = Seal(slot, catalog, BoxPurpose.Catalog, generation) },
        Content = slot.Roles.HasFlag(RepositoryRole.Reader)
            ? new Dictionary<uint, byte[]>(slot.Content) { [generation] = Seal(slot, content, BoxPurpose.Content, generation) }
            : slot.Content,
    };

    private byte[] Seal(KeyringSlot slot, byte[] secret, string purpose, uint boundGeneration) =>
        SealedBox.Seal(secret, slot.EncryptionKey, new BoxContext(purpose, current.RepositoryId, boundGeneration, slot.Id));
}
