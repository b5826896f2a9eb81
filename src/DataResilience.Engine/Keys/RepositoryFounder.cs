using DataResilience.Engine.Sealing;
using DataResilience.Providers;

namespace DataResilience.Engine.Keys;

/// <summary>Makes the keys of a new repository (docs/repository-format.md, 8): slot, keyring, and repository.json as the last.</summary>
internal sealed class RepositoryFounder(IPassphraseDerivation derivation, IRandomSource random, TimeProvider time)
{
    /// <exception cref="DataResilienceException"><c>PassphraseTooShort</c>.</exception>
    internal FoundedRepository Found(string keyName, SlotCredential credential)
    {
        credential.RequireStrength(keyName);
        var file = new RepositoryFile(ObjectId.New(random), KdfParameters.New(random));
        P256KeyPair content = P256KeyPair.Generate();
        P256KeyPair admin = P256KeyPair.Generate();
        using var secrets = new RepositorySecrets
        {
            Catalog = Single(NewSecret()),
            Deduplication = Single(NewSecret()),
            Content = Single(content.PrivateKey),
            Admin = admin.PrivateKey,
        };
        using SlotWrapping wrapping = credential.WrapNew(file.Kdf, derivation, random);
        var slot = NewSlot.Make(file.Id, RepositoryRole.Owner, time.GetUtcNow(), secrets, wrapping, random);
        KeyringPayload payload = FirstKeyring(file, admin.PublicKey, content.PublicKey, slot.Listed) with
        {
            Names = KeyringNames.Seal(Named(slot.Listed.Id, keyName), 1, secrets.Catalog[1], file.Id, random),
        };
        KeyringFile keyring = KeyringFile.Seal(payload, new CommonHeader(ObjectKind.Keyring, file.Id), message => admin.Sign(message));
        RepositoryKeys keys = RepositoryKeys.Unlock(Keyring.Start(keyring)!, slot.Listed, slot.Secrets);
        return new FoundedRepository(keys,
        [
            .. slot.Objects,
            .. KeyObject.Twice(keyring.Name, keyring.Bytes),
            new KeyObject(KeyObjectNames.Repository, file.ToBytes()),
        ]);
    }

    /// <summary>Writes the objects of a founding, each durable before the next. The first keyring decides: who is second loses.</summary>
    /// <exception cref="DataResilienceException"><c>RepositoryExists</c>.</exception>
    internal static async Task WriteAsync(IObjectStore store, FoundedRepository founded, CancellationToken cancellationToken)
    {
        foreach (KeyObject item in founded.Objects)
        {
            if (!await KeyObjectWriting.CreateOrMatchAsync(store, item, cancellationToken))
            {
                throw Errors.RepositoryExists.Create(store.Location);
            }
        }
    }

    /// <summary>Says what is there. Reads names only, and no more of them than it takes.</summary>
    internal static async Task<FoundingState> InspectAsync(IObjectStore store, CancellationToken cancellationToken)
    {
        bool hasKeyring = false;
        bool hasSlots = false;
        bool hasMore = false;
        await foreach (ObjectDescription found in store.ListAsync(string.Empty, cancellationToken))
        {
            string name = found.Name.StartsWith(KeyObjectNames.Copies, StringComparison.Ordinal) ? found.Name[KeyObjectNames.Copies.Length..] : found.Name;
            hasKeyring |= KeyObjectNames.TryParseKeyring(name, out uint number);
            hasSlots |= KeyObjectNames.TryParseSlot(name, out _);
            hasMore |= number > 1 || !(KeyObjectNames.TryParseKeyring(name, out _) || KeyObjectNames.TryParseSlot(name, out _));
            if (hasMore && hasKeyring)
            {
                break;
            }
        }

        bool hasMarker = await store.FindAsync(KeyObjectNames.Repository, cancellationToken) is not null;
        return (hasMarker, hasKeyring, hasMore, hasSlots) switch
        {
            (true, _, _, _) or (_, true, true, _) => FoundingState.Repository,
            (_, true, _, _) => FoundingState.Unfinished,
            (_, _, true, _) => FoundingState.Occupied,
            (_, _, _, true) => FoundingState.Abandoned,
            _ => FoundingState.Empty,
        };
    }

    private static KeyringPayload FirstKeyring(RepositoryFile file, byte[] adminPublicKey, byte[] contentPublicKey, KeyringSlot slot) => new()
    {
        Number = 1,
        Previous = string.Empty,
        Created = slot.Created,
        RepositoryFile = Hexadecimal.Sha256Of(file.ToBytes()),
        Kdf = file.Kdf,
        AdminPublicKey = adminPublicKey,
        Generation = 1,
        ContentPublicKeys = Single(contentPublicKey),
        Slots = [slot],
        RemovedSlots = [],
        RetiredAdminKeys = [],
        Names = [],
    };

    private static Dictionary<uint, byte[]> Single(byte[] value) => new() { [1] = value };

    private static Dictionary<string, string> Named(ObjectId id, string name) => new() { [id.ToString()] = name };

    private byte[] NewSecret()
    {
        byte[] secret = new byte[KeyDerivation.KeyBytes];
        random.Fill(secret);
        return secret;
    }
}
