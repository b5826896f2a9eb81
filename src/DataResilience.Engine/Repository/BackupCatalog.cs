using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Repository;

/// <summary>What a repository holds, by its manifests, tombstones and verification records.</summary>
internal sealed record BackupCatalog
{
    /// <summary>The backups that exist, oldest first.</summary>
    public required IReadOnlyList<CatalogEntry> Backups { get; init; }

    public required IReadOnlyList<DamagedBackup> Damaged { get; init; }

    public required IReadOnlyDictionary<string, Tombstone> Tombstones { get; init; }

    /// <summary>The newest record of each backup that was verified without a finding.</summary>
    public required IReadOnlyDictionary<string, VerificationRecord> Verified { get; init; }

    /// <summary>Packs that a Reader opened whole, and which another Writer may therefore rely on.</summary>
    public required IReadOnlySet<VerifiedPack> VerifiedPacks { get; init; }

    /// <summary>Records that could not be read, and gaps in the chain of manifests.</summary>
    public required IReadOnlyList<IntegrityProblem> Problems { get; init; }

    /// <summary>SHA-256 of the manifests and verification records of each slot, for a keyring that removes it.</summary>
    public required ILookup<ObjectId, string> RecordHashes { get; init; }

    /// <summary>SHA-256 of the tombstones, for a keyring that replaces the admin key.</summary>
    public required IReadOnlyList<string> TombstoneHashes { get; init; }

    public CatalogEntry? Find(string backupId) => Backups.FirstOrDefault(entry => entry.BackupId == backupId);
}
