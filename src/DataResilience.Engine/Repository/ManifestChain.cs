using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Repository;

/// <summary>The chain of each slot's manifests: what names what, what is missing, what is newest.</summary>
internal static class ManifestChain
{
    /// <summary>Manifests that a later manifest or tombstone names, and that are neither there nor deleted.</summary>
    internal static IEnumerable<IntegrityProblem> FindGaps(
        IReadOnlyList<CatalogEntry> backups, IReadOnlyList<DamagedBackup> damaged, IReadOnlyDictionary<string, Tombstone> tombstones)
    {
        Link[] links = [.. backups.Select(LinkOf), .. tombstones.Values.Select(LinkOf)];
        // A tombstone comes later than a manifest that came back, and says which one it was.
        Dictionary<string, Link> known = links.GroupBy(link => link.BackupId, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Last(), StringComparer.Ordinal);
        var unreadable = damaged.Select(backup => backup.BackupId).ToHashSet(StringComparer.Ordinal);
        return links.SelectMany(link => link.Seen.Where(seen => !unreadable.Contains(seen.BackupId)).Select(seen => FindFault(link, seen, known)))
            .OfType<IntegrityProblem>()
            .DistinctBy(problem => (problem.Object, problem.Kind, problem.Expected));
    }

    private static IntegrityProblem? FindFault(Link link, SeenManifest seen, Dictionary<string, Link> known)
    {
        if (!known.TryGetValue(seen.BackupId, out Link? older))
        {
            return Missing(seen);
        }

        if (older.Sha256 != seen.Sha256)
        {
            return Exchanged(seen);
        }

        return older.Slot == link.Slot && older.Sequence < link.Sequence ? null : OutOfOrder(link, older);
    }

    private static Link LinkOf(CatalogEntry entry) =>
        new(entry.BackupId, entry.Sha256, entry.Signer.ToString(), entry.Header.Sequence, entry.Header.Seen);

    private static Link LinkOf(Tombstone tombstone) =>
        new(tombstone.BackupId, tombstone.Manifest, tombstone.Slot, tombstone.Sequence, tombstone.Seen);

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

    private static IntegrityProblem OutOfOrder(Link link, Link older) => new()
    {
        Object = ObjectNames.Manifest(link.BackupId),
        Kind = ProblemKind.Mismatch,
        Expected = "to have seen earlier manifests of its own slot",
        Actual = $"it states to have seen {older.BackupId}, of slot {older.Slot} with sequence {older.Sequence}",
        Recoverable = false,
    };

    /// <summary>A manifest in the chain, there or deleted.</summary>
    private sealed record Link(string BackupId, string Sha256, string Slot, long Sequence, IReadOnlyList<SeenManifest> Seen);
}
