using DataResilience.Providers;

namespace DataResilience.Engine.Keys;

/// <summary>Opens a repository with a key (docs/repository-format.md, 4): marker, chain of keyrings, slot.</summary>
internal sealed class KeyOpener(IPassphraseDerivation derivation)
{
    /// <exception cref="DataResilienceException">
    /// <c>RepositoryNotFound</c>, <c>RepositoryUnsupported</c>, <c>KeyRequired</c>, <c>KeyRejected</c>, <c>ObjectDamaged</c>.
    /// </exception>
    internal async Task<OpenedKeys> OpenAsync(IObjectStore store, SlotCredential? credential, CancellationToken cancellationToken)
    {
        var findings = new List<CopyFinding>();
        Keyring keyring = await ReadKeyringAsync(store, findings, cancellationToken);
        if (credential is null)
        {
            throw Errors.KeyRequired.Create(store.Location);
        }

        var slots = await new SlotReader(store, findings).ReadAsync(keyring, cancellationToken);
        return new OpenedKeys(Unlock(keyring, slots, credential, store.Location), findings);
    }

    /// <summary>Reads the keyring again for a key that is open: what others changed since counts from now on.</summary>
    /// <exception cref="DataResilienceException">As above; <c>KeyRejected</c> if the slot was removed since.</exception>
    internal static async Task<OpenedKeys> ReopenAsync(IObjectStore store, RepositoryKeys keys, CancellationToken cancellationToken)
    {
        var findings = new List<CopyFinding>();
        Keyring keyring = await ReadKeyringAsync(store, findings, cancellationToken);
        if (keyring.Fingerprint != keys.Keyring.Fingerprint)
        {
            throw Errors.RepositoryIdentityChanged.Create(store.Location, keyring.Fingerprint, keys.Keyring.Fingerprint);
        }

        await new SlotReader(store, findings).ReadAsync(keyring, cancellationToken);
        return new OpenedKeys(keys.Renew(keyring) ?? throw Errors.KeyRejected.Create(store.Location), findings);
    }

    private static async Task<Keyring> ReadKeyringAsync(IObjectStore store, List<CopyFinding> findings, CancellationToken cancellationToken)
    {
        StoredCopy marker = await StoredCopy.ReadAsync(store, KeyObjectNames.Repository, RepositoryFile.MaxBytes, cancellationToken);
        DataResilienceException? fault = FaultOf(marker);
        string? markerSha256 = marker.Bytes is null ? null : Hexadecimal.Sha256Of(marker.Bytes);
        try
        {
            Keyring keyring = await new KeyringReader(store, findings).ReadAsync(markerSha256, cancellationToken) ?? throw NoKeyring(store, marker);
            if (markerSha256 != keyring.Payload.RepositoryFile)
            {
                findings.Insert(0, marker.Fault ?? new CopyFinding(marker.Place, CopyFault.Corrupt, fault?.Message ?? "the keyring names another one"));
            }

            return keyring;
        }
        catch (DataResilienceException exception) when (exception.Kind == ErrorKind.Damaged && fault?.Kind == ErrorKind.Unsupported)
        {
            // A later format may keep its keys elsewhere. One flipped bit in repository.json alone does not end here.
            throw Errors.RepositoryUnsupported.CreateFrom(exception, store.Location, fault.Message);
        }
    }

    private static DataResilienceException NoKeyring(IObjectStore store, StoredCopy marker) =>
        marker.Fault?.Kind == CopyFault.Missing
            ? Errors.RepositoryNotFound.Create(store.Location)
            : Errors.ObjectDamaged.Create(KeyObjectNames.Keyring(1), "both copies of it are missing");

    private static DataResilienceException? FaultOf(StoredCopy marker)
    {
        try
        {
            if (marker.Bytes is not null)
            {
                RepositoryFile.Read(marker.Bytes);
            }

            return null;
        }
        catch (DataResilienceException fault)
        {
            return fault;
        }
    }

    private RepositoryKeys Unlock(
        Keyring keyring, IReadOnlyList<(KeyringSlot Listed, SlotFile? File)> slots, SlotCredential credential, string location)
    {
        var candidates = slots.Where(slot => slot.Listed.Protection == credential.Protection).ToList();
        using SlotWrapping? shared = credential.Protection == KeyProtection.Passphrase && candidates.Any(slot => slot.File is not null)
            ? credential.WrapByPassphrase(keyring.Payload.Kdf, derivation)
            : null;
        foreach ((KeyringSlot listed, SlotFile? file) in candidates)
        {
            if (file is not null && TryOpen(file, credential, shared) is { } secrets)
            {
                return RepositoryKeys.Unlock(keyring, listed, secrets);
            }
        }

        // The key may well be that of a slot that is lost: saying "wrong key" would send its owner the wrong way.
        KeyringSlot? lost = candidates.FirstOrDefault(slot => slot.File is null).Listed;
        throw lost is null
            ? Errors.KeyRejected.Create(location)
            : Errors.ObjectDamaged.Create(KeyObjectNames.Slot(lost.Id), "neither copy of it is whole, and the key opens no other slot");
    }

    private static SlotSecrets? TryOpen(SlotFile file, SlotCredential credential, SlotWrapping? shared)
    {
        if (shared is not null)
        {
            return file.TryOpen(shared);
        }

        using SlotWrapping own = credential.WrapByKeyFile(file.Salt);
        return file.TryOpen(own);
    }
}
