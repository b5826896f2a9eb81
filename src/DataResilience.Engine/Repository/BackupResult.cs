namespace DataResilience.Engine.Repository;

/// <summary>Turns manifests into what users see.</summary>
internal static class BackupResult
{
    internal static DataResilience.Backup Of(CatalogEntry entry, BackupCatalog catalog, BackupRepository repository) =>
        Of(entry.Header, entry.Tables, entry.Rows, repository) with
        {
            VerifiedOn = catalog.Verified.TryGetValue(entry.BackupId, out VerificationRecord? record) ? record.Time.LocalDateTime : null,
        };

    internal static DataResilience.Backup Of(Manifest manifest, BackupRepository repository) =>
        Of(manifest, manifest.Tables.Count, manifest.Rows, repository);

    /// <summary>A backup whose manifest is unreadable is listed all the same, with what its id tells.</summary>
    internal static DataResilience.Backup Of(DamagedBackup damaged, BackupRepository repository) => new()
    {
        BackupId = damaged.BackupId,
        Engine = BackupIdentifier.EngineOf(damaged.BackupId),
        EngineVersion = "",
        Server = "",
        Database = "",
        Source = "",
        Type = BackupType.Full,
        Start = BackupIdentifier.StartOf(damaged.BackupId).LocalDateTime,
        End = BackupIdentifier.StartOf(damaged.BackupId).LocalDateTime,
        Tables = 0,
        Rows = 0,
        TotalSize = 0,
        StoredSize = 0,
        NewSize = 0,
        RecoveryPosition = "",
        Repository = repository,
        Status = BackupStatus.Damaged,
    };

    private static DataResilience.Backup Of(Manifest manifest, int tables, long rows, BackupRepository repository) => new()
    {
        BackupId = manifest.BackupId,
        Engine = manifest.Engine,
        EngineVersion = manifest.EngineVersion,
        Server = manifest.Server,
        Database = manifest.Database,
        Source = manifest.Source,
        Type = manifest.Type,
        ParentId = manifest.Parent,
        Start = manifest.Start.LocalDateTime,
        End = manifest.End.LocalDateTime,
        Tables = tables,
        Rows = rows,
        TotalSize = manifest.TotalSize,
        StoredSize = manifest.StoredSize,
        NewSize = manifest.NewSize,
        RecoveryPosition = string.Join(' ', manifest.RecoveryPosition.Select(pair => $"{pair.Key}={pair.Value}")),
        Repository = repository,
        Status = BackupStatus.Complete,
        Reason = manifest.Reason,
        Tags = manifest.Tags,
    };
}
