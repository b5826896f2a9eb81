using System.Text.Json.Serialization.Metadata;
using DataResilience.Engine.Sealing;
using DataResilience.Providers;

namespace DataResilience.Engine.Repository;

/// <summary>Reads what a repository holds: manifests, tombstones, verification records. No pack is touched.</summary>
internal sealed class BackupCatalogReader(OpenedRepository repository)
{
    private readonly List<IntegrityProblem> problems = [];
    private readonly List<(ObjectId Signer, string Sha256)> records = [];

    internal async Task<BackupCatalog> ReadAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, Tombstone> tombstones = await ReadTombstonesAsync(cancellationToken);
        var backups = new List<CatalogEntry>();
        var damaged = new List<DamagedBackup>();
        foreach (string backupId in await ListBackupIdsAsync(cancellationToken))
        {
            if (tombstones.ContainsKey(backupId))
            {
                continue;
            }

            TwinObject<SignedManifest> manifest = await ManifestFile.ReadAsync(repository, backupId, cancellationToken);
            if (manifest.Value is null)
            {
                damaged.Add(new DamagedBackup(backupId, manifest.Problems, manifest.Unsupported));
            }
            else if (manifest.Value.IsRevoked)
            {
                problems.Add(Revoked(ObjectNames.Manifest(backupId)));
            }
            else
            {
                backups.Add(EntryOf(manifest.Value, manifest.Problems));
            }
        }

        problems.AddRange(ManifestChain.FindGaps(backups, damaged, tombstones));
        List<VerificationRecord> verifications = await ReadVerificationsAsync(cancellationToken);
        return new BackupCatalog
        {
            Backups = [.. backups.OrderBy(entry => entry.Header.Start).ThenBy(entry => entry.BackupId, StringComparer.Ordinal)],
            Damaged = damaged,
            Tombstones = tombstones,
            Verified = NewestClean(verifications, backups),
            VerifiedPacks = verifications.Where(record => record.ContentOpened).SelectMany(record => record.Packs).ToHashSet(),
            Problems = problems,
            RecordHashes = records.Where(record => record.Signer != ObjectId.Zero)
                .Concat(backups.Select(entry => (entry.Signer, entry.Sha256)))
                .ToLookup(record => record.Signer, record => record.Sha256),
            TombstoneHashes = [.. records.Where(record => record.Signer == ObjectId.Zero).Select(record => record.Sha256)],
        };
    }

    private static CatalogEntry EntryOf(SignedManifest signed, IReadOnlyList<IntegrityProblem> problems) => new()
    {
        Header = signed.Manifest with { Tables = [], Packs = [], Schema = [] },
        Sha256 = signed.Sha256,
        Signer = signed.Signer,
        Tables = signed.Manifest.Tables.Count,
        Rows = signed.Manifest.Rows,
        Problems = problems,
    };

    private static Dictionary<string, VerificationRecord> NewestClean(List<VerificationRecord> verifications, List<CatalogEntry> backups)
    {
        Dictionary<string, string> hashById = backups.ToDictionary(entry => entry.BackupId, entry => entry.Sha256, StringComparer.Ordinal);
        return verifications
            .Where(record => record.IsValid && record.Level != IntegrityLevel.Catalog && hashById.GetValueOrDefault(record.BackupId) == record.Manifest)
            .GroupBy(record => record.BackupId, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.MaxBy(record => record.Time)!, StringComparer.Ordinal);
    }

    /// <summary>A backup is there if either copy of its manifest is.</summary>
    private async Task<SortedSet<string>> ListBackupIdsAsync(CancellationToken cancellationToken)
    {
        var ids = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string prefix in new[] { ObjectNames.Backups, ObjectNames.CopyOf(ObjectNames.Backups) })
        {
            await foreach (ObjectDescription found in repository.Store.ListAsync(prefix, cancellationToken))
            {
                string id = found.Name[prefix.Length..];
                if (BackupIdentifier.IsIdentifier(id))
                {
                    ids.Add(id);
                }
                else
                {
                    problems.Add(Foreign(found.Name));
                }
            }
        }

        return ids;
    }

    private async Task<Dictionary<string, Tombstone>> ReadTombstonesAsync(CancellationToken cancellationToken)
    {
        var tombstones = new Dictionary<string, Tombstone>(StringComparer.Ordinal);
        await foreach (ObjectDescription found in repository.Store.ListAsync(ObjectNames.Deletions, cancellationToken))
        {
            if (await TryReadAsync(found.Name, ObjectKind.Deletion, RepositoryJson.Default.Tombstone, cancellationToken) is not ({ } tombstone, _))
            {
                continue;
            }

            if (ObjectNames.Tombstone(tombstone.BackupId) == found.Name)
            {
                tombstones.Add(tombstone.BackupId, tombstone);
            }
            else
            {
                problems.Add(Damage(found.Name, "the deletion of the backup it is named after", "the deletion of another"));
            }
        }

        return tombstones;
    }

    private async Task<List<VerificationRecord>> ReadVerificationsAsync(CancellationToken cancellationToken)
    {
        var verifications = new List<VerificationRecord>();
        await foreach (ObjectDescription found in repository.Store.ListAsync(ObjectNames.Verifications, cancellationToken))
        {
            if (await TryReadAsync(found.Name, ObjectKind.Verification, RepositoryJson.Default.VerificationRecord, cancellationToken) is ({ } verification, { } signer))
            {
                // Only a Reader could have opened chunks: what another key claims to have opened does not count.
                bool mayOpen = repository.Keys.RolesOf(signer) is { } roles && roles.HasFlag(RepositoryRole.Reader);
                verifications.Add(verification with { ContentOpened = verification.ContentOpened && mayOpen });
            }
        }

        return verifications;
    }

    /// <summary>A record that is damaged, or does not count, becomes a finding: whatever a key signed, nobody is kept from opening the repository.</summary>
    private async Task<(T Value, ObjectId Signer)?> TryReadAsync<T>(string name, ObjectKind kind, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            byte[]? bytes = await repository.Store.ReadWholeAsync(name, cancellationToken);
            if (bytes is null)
            {
                return null;
            }

            OpenedRecord record = RecordReading.OpenEvenIfRevoked(name, bytes, repository.Keys, kind);
            if (record.IsRevoked)
            {
                problems.Add(Revoked(name));
                return null;
            }

            T value = RecordReading.Json(name, record.Plain, type);
            records.Add((record.Signer, Convert.ToHexStringLower(record.Sha256)));
            return (value, record.Signer);
        }
        catch (DataResilienceException damage) when (damage.Kind is ErrorKind.Damaged or ErrorKind.Unsupported)
        {
            problems.Add(Damage(name, "the bytes that were signed", damage.Message));
            return null;
        }
    }

    /// <summary>Without its tombstone a deleted backup comes back, and a verification can be made again: neither loses anything.</summary>
    private static IntegrityProblem Damage(string name, string expected, string actual) =>
        new() { Object = name, Kind = ProblemKind.Corrupt, Expected = expected, Actual = actual, Recoverable = true };

    private static IntegrityProblem Foreign(string name) =>
        new() { Object = name, Kind = ProblemKind.Unexpected, Expected = "the name of a backup", Actual = "another name", Recoverable = true };

    private static IntegrityProblem Revoked(string name) => new()
    {
        Object = name,
        Kind = ProblemKind.Unexpected,
        Expected = "no object that a removed key signed after its removal",
        Actual = "one, which does not count",
        Recoverable = true,
    };
}
