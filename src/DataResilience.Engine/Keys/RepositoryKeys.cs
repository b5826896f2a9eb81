using System.Security.Cryptography;
using System.Text.Json;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Keys;

/// <summary>
/// An opened slot. Safe for many threads: every operation imports the key it needs, since the platform's key objects are not; a
/// signature or a box comes once for a pack of 16 MiB. Secrets are overwritten on disposal.
/// </summary>
internal sealed class RepositoryKeys : IRepositoryKeys, IDisposable
{
    private readonly KeyringSlot slot;
    private readonly SlotSecrets slotSecrets;
    private readonly RepositorySecrets secrets;
    private readonly SignatureRegister signatures;
    private volatile bool isDisposed;

    private RepositoryKeys(Keyring keyring, KeyringSlot slot, SlotSecrets slotSecrets, RepositorySecrets secrets)
    {
        this.slot = slot;
        this.slotSecrets = slotSecrets;
        this.secrets = secrets;
        signatures = new SignatureRegister(keyring.Payload);
        Keyring = keyring with { Names = KeyringNames.Open(keyring.Payload.Names, keyring.RepositoryId, CatalogKey) };
    }

    /// <summary>The keyring these keys come from, with the slots' names.</summary>
    internal Keyring Keyring { get; }

    public ObjectId RepositoryId => Keyring.RepositoryId;

    public ObjectId SlotId => slot.Id;

    public RepositoryRole Roles => slot.Roles;

    public uint Generation => Keyring.Generation;

    /// <summary>The name of the slot.</summary>
    internal string Name => Keyring.NameOf(SlotId);

    /// <summary>Opens with a slot's private keys what the keyring seals to the slot.</summary>
    /// <exception cref="DataResilienceException"><c>ObjectDamaged</c>: the keyring lists other public keys, or boxes that do not open.</exception>
    internal static RepositoryKeys Unlock(Keyring keyring, KeyringSlot slot, SlotSecrets slotSecrets)
    {
        try
        {
            var signing = new P256KeyPair(slot.SigningKey, slotSecrets.SigningKey);
            byte[] probe = [.. "DataResilience/1 probe\0"u8, .. slot.Id.ToArray()];
            if (!P256.Verify(slot.SigningKey, probe, signing.Sign(probe)))
            {
                throw new CryptographicException("The public signing key belongs to another private one.");
            }

            // That its public encryption key is the slot's too is proved by the boxes: it is part of their key.
            var encryption = new P256KeyPair(slot.EncryptionKey, slotSecrets.EncryptionKey);
            return new RepositoryKeys(keyring, slot, slotSecrets, RepositorySecrets.Open(slot, encryption, keyring.RepositoryId));
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException)
        {
            throw Errors.ObjectDamaged.CreateFrom(exception, keyring.File.Name, $"what it holds for the slot {slot.Id} does not open");
        }
    }

    /// <summary>The same slot's keys by a newer keyring, without asking for the passphrase again.</summary>
    /// <returns>New keys, to be disposed of by themselves; null if the slot was removed.</returns>
    internal RepositoryKeys? Renew(Keyring newer)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        return newer.FindSlot(SlotId) is { } listed
            ? Unlock(newer, listed, new SlotSecrets([.. slotSecrets.EncryptionKey], [.. slotSecrets.SigningKey]))
            : null;
    }

    public byte[] CatalogKey(uint generation) => CopyOf(secrets.Catalog, generation);

    public byte[] DeduplicationSecret()
    {
        Require(RepositoryRole.Writer, secrets.Deduplication.Count > 0);
        return CopyOf(secrets.Deduplication, secrets.Deduplication.Keys.Max());
    }

    public byte[] ContentPublicKey(uint generation) => CopyOf(Keyring.Payload.ContentPublicKeys, generation);

    public byte[] OpenContentBox(uint generation, ObjectId contentKeyId, ReadOnlySpan<byte> box)
    {
        Require(RepositoryRole.Reader, secrets.Content.Count > 0);
        using var content = new P256KeyPair(ContentPublicKey(generation), CopyOf(secrets.Content, generation));
        return content.Open(box, new BoxContext(BoxPurpose.Pack, RepositoryId, generation, contentKeyId));
    }

    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        return new P256KeyPair(slot.SigningKey, slotSecrets.SigningKey).Sign(message);
    }

    public byte[] SignAsAdmin(ReadOnlySpan<byte> message)
    {
        Require(RepositoryRole.Admin, secrets.Admin is not null);
        return new P256KeyPair(Keyring.Payload.AdminPublicKey, secrets.Admin!).Sign(message);
    }

    public bool Verify(ObjectId signer, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        signatures.Verify(signer, message, signature);

    public RepositoryRole? RolesOf(ObjectId slotId) => signatures.RolesOf(slotId);

    public bool IsRevoked(ObjectId signer, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> objectSha256) =>
        signatures.IsRevoked(signer, message, signature, objectSha256);

    /// <summary>Everything this slot holds, for the keyring's editor. Not a copy.</summary>
    internal RepositorySecrets Secrets()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        return secrets;
    }

    public void Dispose()
    {
        isDisposed = true;
        slotSecrets.Dispose();
        secrets.Dispose();
    }

    private void Require(RepositoryRole role, bool isHeld)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (!isHeld)
        {
            throw Errors.RoleRequired.Create(Name, role);
        }
    }

    private byte[] CopyOf(IReadOnlyDictionary<uint, byte[]> keys, uint generation)
    {
        // Never seal with a key that was overwritten.
        ObjectDisposedException.ThrowIf(isDisposed, this);
        return keys.TryGetValue(generation, out byte[]? key)
            ? [.. key]
            : throw new CryptographicException($"The keyring has no key of generation {generation} for this slot.");
    }
}
