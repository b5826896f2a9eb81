using Spectre.Console;
using Spectre.Console.Rendering;

namespace DataResilience.Console.Output.Views;

/// <summary>How repositories, their checks and their keys are shown to people.</summary>
internal static class RepositoryViews
{
    private const int MostOrphansShown = 20;

    public static IRenderable One(BackupRepository repository, TimeProvider time) => new Details()
        .Line("Repository", repository.Location)
        .Line("Id", repository.RepositoryId)
        .Line("Fingerprint", repository.Fingerprint)
        .Line("Format", HumanText.Count(repository.FormatVersion))
        .Line("Opened by", $"{repository.KeyName} ({repository.Roles})")
        .Line("Holds", $"{HumanText.Plural(repository.Backups, "backup")} of {HumanText.Plural(repository.Databases, "database")}")
        .Line("Stored", HumanText.Size(repository.StoredSize))
        .Line("Latest", repository.LatestBackup is { } latest ? HumanText.Age(latest, time.GetUtcNow()) : "no backup yet")
        .Build();

    public static IRenderable Checks(IReadOnlyList<RepositoryCheck> checks)
    {
        Columns columns = new Columns().Text("CHECK").Text("STATUS").Text("DETAIL").Text("WHAT TO DO");
        foreach (RepositoryCheck check in checks)
        {
            columns.Row(check.Name, check.Status.ToString(), check.Detail, check.RecommendedAction);
        }

        return columns.Build();
    }

    public static IRenderable Keys(IReadOnlyList<BackupRepositoryKey> keys)
    {
        Columns columns = new Columns().Text("KEY").Text("ROLES").Text("PROTECTED BY").Text("CREATED").Text("IN USE").Text("ID");
        foreach (BackupRepositoryKey key in keys)
        {
            columns.Row(
                key.Name, key.Roles.ToString(), Protection(key), HumanText.Moment(key.Created), key.IsCurrent ? "yes" : "", key.KeyId);
        }

        return columns.Build();
    }

    public static IRenderable Key(BackupRepositoryKey key) => new Details()
        .Line("Key", key.Name)
        .Line("Id", key.KeyId)
        .Line("Roles", key.Roles.ToString())
        .Line("Protected by", Protection(key))
        .Line("Created", HumanText.Moment(key.Created))
        .Line("Repository", key.Repository.Location)
        .Build();

    public static IRenderable Optimization(RepositoryOptimization result)
    {
        IRenderable details = new Details()
            .Line("Repository", result.Repository)
            .Line("Packs", HumanText.Count(result.Packs))
            .Line("Orphans", $"{HumanText.Plural(result.OrphanPacks.Count, "pack")}, {HumanText.Size(result.OrphanSize)}")
            .Line("Waste", HumanText.Size(result.WasteSize))
            .Line("Not indexed", HumanText.Plural(result.UnindexedPacks, "pack"))
            .Line("Index", result.IndexRebuilt ? "rebuilt from the packs" : "left as it is")
            .Line("Duration", HumanText.Duration(result.Duration))
            .Build();
        return result.OrphanPacks.Count == 0 ? details : new Rows(details, new Text(""), Orphans(result.OrphanPacks));
    }

    private static IRenderable Orphans(IReadOnlyList<string> packs)
    {
        Columns columns = new Columns().Text("ORPHAN PACK");
        foreach (string pack in packs.Take(MostOrphansShown))
        {
            columns.Row(pack);
        }

        return packs.Count > MostOrphansShown
            ? columns.Row($"and {HumanText.Count(packs.Count - MostOrphansShown)} more: --json lists all").Build()
            : columns.Build();
    }

    private static string Protection(BackupRepositoryKey key) =>
        key.Protection == KeyProtection.KeyFile ? "key file" : "passphrase";
}
