using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Keys;

/// <summary>What must hold in every keyring, and from one to the next. A signature alone does not make nonsense right.</summary>
internal static class KeyringRules
{
    internal const int MaxSlots = 10_000;

    /// <returns>What is wrong with a keyring by itself; null if nothing is.</returns>
    internal static string? FindFault(KeyringPayload payload)
    {
        if (HasHoles(payload))
        {
            return "one of its lists holds null, or something else than hashes";
        }

        if (payload.Number == 0 || payload.Generation == 0)
        {
            return "it has no number or no generation";
        }

        if (payload.Number == 1 ? payload.Previous.Length != 0 : !Hexadecimal.IsSha256(payload.Previous))
        {
            return "it does not name the keyring before it";
        }

        if (!Hexadecimal.IsSha256(payload.RepositoryFile) || !payload.Kdf.IsWithinBounds)
        {
            return "its key derivation is out of bounds, or it does not name repository.json";
        }

        return FindKeyFault(payload) ?? FindSlotsFault(payload);
    }

    /// <returns>What forbids one keyring to follow another; null if nothing does.</returns>
    internal static string? FindFaultInStep(KeyringPayload before, KeyringPayload after)
    {
        if (after.Kdf != before.Kdf || after.RepositoryFile != before.RepositoryFile)
        {
            return "it changes what never changes";
        }

        if (after.Generation < before.Generation
            || before.ContentPublicKeys.Any(key => !after.ContentPublicKeys[key.Key].AsSpan().SequenceEqual(key.Value)))
        {
            return "it goes back to an earlier generation or changes one";
        }

        HashSet<ObjectId> removed = [.. after.RemovedSlots.Select(slot => slot.Id)];
        HashSet<ObjectId> known = [.. after.Slots.Select(slot => slot.Id), .. removed];
        if (!before.RemovedSlots.All(slot => removed.Contains(slot.Id)) || !before.Slots.All(slot => known.Contains(slot.Id)))
        {
            return "it forgets a slot";
        }

        bool keepsAdminKeys = before.RetiredAdminKeys.Select(key => key.PublicKey).Append(before.AdminPublicKey)
            .All(key => IsAdminKey(after, key));
        return keepsAdminKeys ? null : "it forgets an admin key";
    }

    /// <summary>The JSON reader refuses null for a property, but not within a list.</summary>
    private static bool HasHoles(KeyringPayload payload)
    {
        bool hasNull = payload.Slots.Any(slot => slot is null)
            || payload.RemovedSlots.Any(slot => slot is null)
            || payload.RetiredAdminKeys.Any(key => key is null);
        return hasNull || !payload.RemovedSlots.SelectMany(slot => slot.Manifests)
            .Concat(payload.RetiredAdminKeys.SelectMany(key => key.Deletions))
            .All(hash => hash is not null && Hexadecimal.IsSha256(hash));
    }

    private static bool IsAdminKey(KeyringPayload payload, byte[] publicKey) =>
        payload.RetiredAdminKeys.Select(key => key.PublicKey).Append(payload.AdminPublicKey)
            .Any(key => key.AsSpan().SequenceEqual(publicKey));

    private static string? FindKeyFault(KeyringPayload payload)
    {
        bool hasEveryGeneration = payload.ContentPublicKeys.Count == payload.Generation
            && payload.ContentPublicKeys.Keys.All(generation => generation >= 1 && generation <= payload.Generation);
        if (!hasEveryGeneration)
        {
            return "it has not one content key for every generation";
        }

        return payload.ContentPublicKeys.Values
            .Concat(payload.Slots.SelectMany(slot => new[] { slot.EncryptionKey, slot.SigningKey }))
            .Concat(payload.RemovedSlots.Select(slot => slot.SigningKey))
            .Concat(payload.RetiredAdminKeys.Select(key => key.PublicKey))
            .Append(payload.AdminPublicKey)
            .All(key => key is { Length: P256.PublicKeyBytes })
            ? null
            : "one of its public keys has not 65 bytes";
    }

    private static string? FindSlotsFault(KeyringPayload payload)
    {
        ObjectId[] ids = [.. payload.Slots.Select(slot => slot.Id), .. payload.RemovedSlots.Select(slot => slot.Id)];
        if (ids.Length > MaxSlots || ids.Distinct().Count() != ids.Length || ids.Contains(ObjectId.Zero))
        {
            return "it lists a slot twice, or too many";
        }

        if (!payload.Slots.Any(slot => slot.Roles.HasFlag(RepositoryRole.Admin)))
        {
            return "no slot of it has the role Admin";
        }

        return payload.Slots.Select(slot => FindBoxFault(slot, payload.Generation)).FirstOrDefault(fault => fault is not null);
    }

    private static string? FindBoxFault(KeyringSlot slot, uint generation)
    {
        bool sharesChunks = (slot.Roles & (RepositoryRole.Writer | RepositoryRole.Reader)) != RepositoryRole.Keeper;
        bool areThere = slot.Catalog.ContainsKey(generation)
            && slot.Deduplication.ContainsKey(1) == sharesChunks
            && slot.Content.ContainsKey(generation) == slot.Roles.HasFlag(RepositoryRole.Reader)
            && slot.Admin is not null == slot.Roles.HasFlag(RepositoryRole.Admin);
        bool areWhole = slot.Catalog.Values.Concat(slot.Deduplication.Values).Concat(slot.Content.Values)
            .All(box => box is { Length: SealedBox.Size }) && slot.Admin is null or { Length: SealedBox.Size };
        return areThere && areWhole && Hexadecimal.IsSha256(slot.File) ? null : $"the boxes of slot {slot.Id} do not fit its roles";
    }
}
