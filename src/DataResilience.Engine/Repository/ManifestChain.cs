using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Repository;

/// <summary>The chain of each slot's manifests: what names what, what is missing, what is newest.</summary>
internal static class ManifestChain
{
    /// <summary>Manifests that a later manifest or tombstone names, and that are neither there nor deleted.</summary>
    internal static IEnumerable<IntegrityProblem> FindGaps(
        IReadOnlyList<CatalogEntry> backups, IReadOnlyList<DamagedBackup> damaged, IReadOnlyDictionary<string, Tombstone> tombstones)
    {
        Dictionary<string, string> known = backups.ToDictionary(entry => entry.BackupId, entry => entry.Sha256, StringComparer.Ordinal);
        foreach (Tombstone tombstone in tombstones.Values)
        {
            known[tombstone.BackupId] = tombstone.Manifest;
        }

        var unreadable = damaged.Select(backup => backup.BackupId).ToHashSet(StringComparer.Ordinal);
        return backups.SelectMany(entry => entry.Header.Seen)
            .Concat(tombstones.Values.SelectMany(tombstone => tombstone.Seen))
            .Distinct()
            .Where(seen => !unreadable.Contains(seen.BackupId) && known.GetValueOrDefault(seen.BackupId) != seen.Sha256)
            .Select(seen => known.ContainsKey(seen.BackupId) ? Exchanged(seen) : Missing(seen));
    }

    /// <summary>The newest manifests of a slot: those that no other manifest of it names.</summary>
    internal static IReadOnlyList<SeenManifest> Newest(BackupCatalog catalog, ObjectId slot)
    {
        CatalogEntry[] own = [.. catalog.Backups.Where(entry => entry.Signer == slot)];
        Tombstone[] deleted = [.. catalog.Tombstones.Values.Where(tombstone => tombstone.Slot == slot.ToString())];
        var named = own.SelectMany(entry => entry.Header.Seen).Concat(deleted.SelectMany(tombstone => tombstone.Seen))
            .Select(seen => seen.BackupId).ToHashSet(StringComparer.Ordinal);
        return [.. own.Select(entry => new SeenManifest(entry.BackupId, entry.Sha256))
            .Concat(deleted.Select(tombstone => new SeenManifest(tombstone.BackupId, tombstone.Manifest)))
            .Where(seen => !named.Contains(seen.BackupId))
            .OrderBy(seen => seen.BackupId, StringComparer.Ordinal)];
    }

    internal static long NextSequence(BackupCatalog catalog, ObjectId slot) =>
        1 + catalog.Backups.Where(entry => entry.Signer == slot).Select(entry => entry.Header.Sequence)
            .Concat(catalog.Tombstones.Values.Where(tombstone => tombstone.Slot == slot.ToString()).Select(tombstone => tombstone.Sequence))
            .DefaultIfEmpty(0).Max();

    private static IntegrityProblem Missing(SeenManifest seen) => new()
    {
        Object = ObjectNames.Manifest(seen.BackupId),
        Kind = ProblemKind.Missing,
        Expected = "a manifest that a later one names, or a signed deletion of it",
        Actual = "neither",
        Recoverable = false,
    };

    private static IntegrityProblem Exchanged(SeenManifest seen) => new()
    {
        Object = ObjectNames.Manifest(seen.BackupId),
        Kind = ProblemKind.Mismatch,
        Expected = $"the manifest with SHA-256 {seen.Sha256}",
        Actual = "another manifest",
        Recoverable = false,
    };
}
