using DataResilience.Engine.Keys.Memory;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Repository;

/// <summary>Compares what a repository holds with the newest manifests that this client saw before, and remembers what it sees now.</summary>
internal sealed class SeenManifests(OpenedRepository repository)
{
    /// <exception cref="DataResilienceException"><c>RepositoryRolledBack</c>.</exception>
    internal void Check(BackupCatalog catalog)
    {
        Dictionary<string, string> known = catalog.Backups.ToDictionary(entry => entry.BackupId, entry => entry.Sha256, StringComparer.Ordinal);
        foreach (Tombstone tombstone in catalog.Tombstones.Values)
        {
            known[tombstone.BackupId] = tombstone.Manifest;
        }

        var unreadable = catalog.Damaged.Select(backup => backup.BackupId).ToHashSet(StringComparer.Ordinal);
        foreach (RememberedManifest seen in repository.Memory.NewestManifests(repository.Keyring).Values.SelectMany(manifests => manifests))
        {
            if (!unreadable.Contains(seen.BackupId) && known.GetValueOrDefault(seen.BackupId) != seen.Sha256)
            {
                throw Errors.RepositoryRolledBack.Create(
                    repository.Location, $"the backup {seen.BackupId}, which was there, is gone without a record of its deletion");
            }
        }
    }

    /// <summary>
    /// Every slot of which anything was seen, now or before: so a step back that was accepted is accepted for good. What is there and
    /// cannot be read stays in the memory, or damage would be a way to make it forgotten.
    /// </summary>
    internal async Task RememberAsync(BackupCatalog catalog, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, IReadOnlyList<RememberedManifest>> before = repository.Memory.NewestManifests(repository.Keyring);
        var unreadable = catalog.Damaged.Select(backup => backup.BackupId).ToHashSet(StringComparer.Ordinal);
        IEnumerable<string> slots = catalog.Backups.Select(entry => entry.Signer.ToString()).Concat(before.Keys);
        foreach (string slot in slots.Distinct(StringComparer.Ordinal))
        {
            if (ObjectId.TryParse(slot, out ObjectId id))
            {
                IEnumerable<SeenManifest> kept = before.GetValueOrDefault(slot, [])
                    .Where(seen => unreadable.Contains(seen.BackupId))
                    .Select(seen => new SeenManifest(seen.BackupId, seen.Sha256));
                await RememberAsync(id, ManifestChain.Newest(catalog, id).Concat(kept), cancellationToken);
            }
        }
    }

    /// <summary>After a backup: its manifest is the newest of its slot.</summary>
    internal Task RememberAsync(ObjectId slot, IEnumerable<SeenManifest> newest, CancellationToken cancellationToken) =>
        repository.Memory.RememberManifestsAsync(
            repository.Keyring, slot, [.. newest.Select(seen => new RememberedManifest(seen.BackupId, seen.Sha256))], cancellationToken);
}
