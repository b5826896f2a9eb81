using DataResilience.Engine.Sealing;
using DataResilience.Providers;

namespace DataResilience.Engine.Keys;

/// <summary>Makes the next keyring: adds a slot, or removes one. Needs the role Admin.</summary>
internal sealed class KeyringEditor(RepositoryKeys keys, IRandomSource random, TimeProvider time)
{
    private Keyring Current => keys.Keyring;

    /// <summary>Adds a slot, with the keys of all generations that its roles give it.</summary>
    /// <exception cref="DataResilienceException"><c>RoleRequired</c>, <c>ArgumentInvalid</c>, <c>PassphraseTooShort</c>.</exception>
    internal KeyringChange Add(string name, RepositoryRole roles, SlotCredential credential, IPassphraseDerivation derivation)
    {
        Require(RepositoryRole.Admin);
        Require(roles);
        RequireFreeName(name);
        credential.RequireStrength(name);
        using SlotWrapping wrapping = credential.WrapNew(Current.Payload.Kdf, derivation, random);
        var slot = NewSlot.Make(Current.RepositoryId, roles, time.GetUtcNow(), keys.Secrets(), wrapping, random);
        slot.Secrets.Dispose();
        KeyringFile next = Seal(Next() with
        {
            Slots = [.. Current.Slots, slot.Listed],
            Names = SealNames(Current.Names.Append(new(slot.Listed.Id.ToString(), name)), keys.Secrets()),
        });
        return new KeyringChange(next, [.. slot.Objects, .. KeyObject.Twice(next.Name, next.Bytes)], [], slot.Listed);
    }

    /// <summary>Removes a slot.</summary>
    /// <param name="slotId">The slot.</param>
    /// <param name="records">SHA-256 of the manifests and verification records it signed: those that count on.</param>
    /// <param name="deletions">SHA-256 of the deletions there are: those that count on, if the admin key is replaced.</param>
    /// <param name="newGeneration">
    /// Gives the others a new catalog key and content key pair, so that what is written from now on is closed to whoever kept the slot.
    /// </param>
    /// <exception cref="DataResilienceException"><c>RoleRequired</c>, <c>KeyNotFound</c>, <c>LastAdminKey</c>.</exception>
    internal KeyringChange Remove(ObjectId slotId, IReadOnlyList<string> records, IReadOnlyList<string> deletions, bool newGeneration)
    {
        Require(RepositoryRole.Admin);
        KeyringSlot removed = Current.FindSlot(slotId) ?? throw Errors.KeyNotFound.Create(slotId, Current.RepositoryId);
        KeyringSlot[] remaining = [.. Current.Slots.Where(slot => slot.Id != slotId)];
        if (!remaining.Any(slot => slot.Roles.HasFlag(RepositoryRole.Admin)))
        {
            throw Errors.LastAdminKey.Create(Current.NameOf(slotId));
        }

        using var rotation = new KeyRotation(Current, keys.Secrets(), random);
        rotation.Remove(removed, [.. records], remaining);
        if (newGeneration)
        {
            rotation.BeginGeneration();
        }

        if (removed.Roles.HasFlag(RepositoryRole.Admin))
        {
            rotation.ReplaceAdminKey([.. deletions]);
        }

        KeyringFile next = Seal(rotation.Apply(Next()) with
        {
            Names = SealNames(Current.Names.Where(name => name.Key != slotId.ToString()), rotation.Secrets),
        });
        string name = KeyObjectNames.Slot(slotId);
        return new KeyringChange(next, KeyObject.Twice(next.Name, next.Bytes), [name, KeyObjectNames.CopyOf(name)], removed);
    }

    /// <summary>Writes a change, each object durable before the next.</summary>
    /// <returns>False if another keyring of this number was written first: read the keyring again, and make the change anew.</returns>
    internal static async Task<bool> WriteAsync(IObjectStore store, KeyringChange change, CancellationToken cancellationToken)
    {
        foreach (KeyObject item in change.Objects)
        {
            if (!await KeyObjectWriting.CreateOrMatchAsync(store, item, cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Deletes what a change made obsolete. The change holds whether or not the store allows this.</summary>
    internal static async Task DeleteObsoleteAsync(IObjectStore store, KeyringChange change, CancellationToken cancellationToken)
    {
        foreach (string name in change.Obsolete)
        {
            await store.DeleteAsync(name, cancellationToken);
        }
    }

    private KeyringPayload Next() => Current.Payload with
    {
        Number = checked(Current.Number + 1),
        Previous = Current.Sha256,
        Created = time.GetUtcNow(),
    };

    private KeyringFile Seal(KeyringPayload payload) => KeyringFile.Seal(payload, Current.File.Header, message => keys.SignAsAdmin(message));

    private byte[] SealNames(IEnumerable<KeyValuePair<string, string>> names, RepositorySecrets secrets)
    {
        uint generation = secrets.Catalog.Keys.Max();
        return KeyringNames.Seal(new Dictionary<string, string>(names), generation, secrets.Catalog[generation], Current.RepositoryId, random);
    }

    private void Require(RepositoryRole roles)
    {
        if (!keys.Roles.HasFlag(roles))
        {
            throw Errors.RoleRequired.Create(keys.Name, roles & ~keys.Roles);
        }
    }

    private void RequireFreeName(string name)
    {
        if (string.IsNullOrWhiteSpace(name) || ObjectId.TryParse(name, out _))
        {
            throw Errors.ArgumentInvalid.Create("Name", "a key has a name that is not empty and not an id");
        }

        if (Current.Names.Values.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw Errors.ArgumentInvalid.Create("Name", $"a key '{name}' is there already");
        }
    }
}
