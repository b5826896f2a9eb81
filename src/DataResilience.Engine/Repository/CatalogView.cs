namespace DataResilience.Engine.Repository;

/// <summary>An opened repository together with what it holds.</summary>
internal sealed record CatalogView(OpenedRepository Repository, BackupCatalog Catalog, BackupRepository Summary)
{
    public CatalogEntry Resolve(BackupReference reference, string? database) =>
        BackupResolver.Resolve(Catalog, reference, database, Repository.Location);

    public DataResilience.Backup Result(CatalogEntry entry) => BackupResult.Of(entry, Catalog, Summary);

    public DataResilience.Backup Result(DamagedBackup damaged) => BackupResult.Of(damaged, Summary);
}
