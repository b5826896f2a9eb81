namespace DataResilience.Engine.Repository;

/// <summary>Finds the one backup that a reference means.</summary>
internal static class BackupResolver
{
    private const int MaxNamed = 5;

    /// <exception cref="DataResilienceException"><c>BackupNotFound</c>, <c>AmbiguousBackup</c>, <c>NothingMatched</c>.</exception>
    internal static CatalogEntry Resolve(BackupCatalog catalog, BackupReference reference, string? database, string location) =>
        string.Equals(reference.Id, BackupReference.Latest, StringComparison.OrdinalIgnoreCase)
            ? Latest(catalog, database, location)
            : ById(catalog, reference.Id, location);

    /// <summary>A damaged backup is found as well as a whole one, so that it can be named.</summary>
    private static CatalogEntry ById(BackupCatalog catalog, string text, string location)
    {
        if (catalog.Find(text) is { } exact)
        {
            return exact;
        }

        CatalogEntry[] matches = text.Length == 0 ? [] : [.. catalog.Backups.Where(entry => IsPartOf(text, entry.BackupId))];
        if (matches.Length == 1)
        {
            return matches[0];
        }

        if (matches.Length == 0 && catalog.Damaged.FirstOrDefault(backup => text.Length > 0 && IsPartOf(text, backup.BackupId)) is { } damaged)
        {
            throw damaged.Unsupported ?? Errors.ObjectDamaged.Create(ObjectNames.Manifest(damaged.BackupId), "neither copy of the manifest can be read");
        }

        throw matches.Length == 0
            ? Errors.BackupNotFound.Create(text, location)
            : Errors.AmbiguousBackup.Create(text, Named(matches.Select(entry => entry.BackupId)));
    }

    private static CatalogEntry Latest(BackupCatalog catalog, string? database, string location)
    {
        CatalogEntry[] candidates = [.. catalog.Backups.Where(entry => database is null || entry.Header.Database == database)];
        string[] sources = [.. candidates.Select(entry => entry.Header.Source).Distinct(StringComparer.Ordinal)];
        return sources.Length switch
        {
            0 => throw Errors.NothingMatched.Create(database is null ? $"the newest backup in '{location}'" : $"the newest backup of '{database}' in '{location}'"),
            1 => candidates[^1],
            _ => throw Errors.AmbiguousBackup.Create(BackupReference.Latest, Named(sources)),
        };
    }

    private static bool IsPartOf(string text, string backupId) =>
        backupId.StartsWith(text, StringComparison.Ordinal) || backupId.EndsWith(text, StringComparison.Ordinal);

    private static string Named(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return all.Length <= MaxNamed ? string.Join(", ", all) : $"{string.Join(", ", all[..MaxNamed])} and {all.Length - MaxNamed} more";
    }
}
