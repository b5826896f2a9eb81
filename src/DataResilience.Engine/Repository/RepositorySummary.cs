using DataResilience.Engine.Keys;

namespace DataResilience.Engine.Repository;

/// <summary>Turns an opened repository into what users see and pass on.</summary>
internal static class RepositorySummary
{
    internal static BackupRepository Of(OpenedRepository repository, BackupCatalog catalog) => New(repository.Location, repository.Keys) with
    {
        Backups = catalog.Backups.Count + catalog.Damaged.Count,
        Databases = catalog.Backups.Select(entry => (entry.Header.Engine, entry.Header.Server, entry.Header.Source)).Distinct().Count(),
        LatestBackup = catalog.Backups.Count > 0 ? catalog.Backups[^1].Header.Start.LocalDateTime : null,
    };

    internal static BackupRepository New(string location, RepositoryKeys keys) => new()
    {
        Location = location,
        RepositoryId = keys.RepositoryId.ToString(),
        Fingerprint = keys.Keyring.Fingerprint,
        FormatVersion = 1,
        KeyName = keys.Keyring.NameOf(keys.SlotId),
        Roles = keys.Roles,
        Backups = 0,
        Databases = 0,
        StoredSize = 0,
        OpenedKey = keys,
    };
}
