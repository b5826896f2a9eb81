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

    internal async Task RememberAsync(BackupCatalog catalog, CancellationToken cancellationToken)
    {
        IEnumerable<ObjectId> slots = catalog.Backups.Select(entry => entry.Signer).Distinct();
        foreach (ObjectId slot in slots)
        {
            await RememberAsync(slot, ManifestChain.Newest(catalog, slot), cancellationToken);
        }
    }

    /// <summary>After a backup: its manifest is the newest of its slot.</summary>
    internal Task RememberAsync(ObjectId slot, IEnumerable<SeenManifest> newest, CancellationToken cancellationToken) =>
        repository.Memory.RememberManifestsAsync(
            repository.Keyring, slot, [.. newest.Select(seen => new RememberedManifest(seen.BackupId, seen.Sha256))], cancellationToken);
}
