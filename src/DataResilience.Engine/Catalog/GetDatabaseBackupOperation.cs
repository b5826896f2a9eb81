using DataResilience.Engine.Operations;
using DataResilience.Engine.Repository;
using DataResilience.Engine.Selection;

namespace DataResilience.Engine.Catalog;

/// <summary>Lists backups.</summary>
internal sealed class GetDatabaseBackupOperation(RepositoryOpener opener)
    : ReadingOperation<GetDatabaseBackupRequest, IReadOnlyList<DataResilience.Backup>>
{
    protected override string SubjectOf(GetDatabaseBackupRequest request) => request.Repository?.Location ?? "";

    protected override async Task<IReadOnlyList<DataResilience.Backup>> RunAsync(
        GetDatabaseBackupRequest request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        CatalogView view = await opener.OpenCatalogAsync(request, reporter, cancellationToken);
        if (request.Backup is { } reference)
        {
            return [view.Result(view.Resolve(reference, request.Database is [var one] ? one : null))];
        }

        DataResilience.Backup[] chosen = [.. Choose(view, request)];
        return chosen.Length > 0
            ? chosen
            : throw Errors.NothingMatched.Create(view.Catalog.Backups.Count == 0
                ? $"in '{view.Repository.Location}': the repository holds no backup yet"
                : $"the filters among {Counted.Of(view.Catalog.Backups.Count, "backup")} in '{view.Repository.Location}'");
    }

    private static IEnumerable<DataResilience.Backup> Choose(CatalogView view, GetDatabaseBackupRequest request)
    {
        var databases = new NameFilter(request.Database, []);
        IEnumerable<DataResilience.Backup> all = view.Catalog.Backups.Select(view.Result)
            .Concat(view.Catalog.Damaged.Select(view.Result))
            .Where(backup => databases.Takes(backup.Database)
                && (request.Engine is null || backup.Engine == request.Engine)
                && (request.Since is null || backup.Start >= request.Since.Value.ToLocalTime()));
        return request.Latest
            ? all.Where(backup => backup.Status == BackupStatus.Complete)
                .GroupBy(backup => (backup.Engine, backup.Server, backup.Source))
                .Select(group => group.MaxBy(backup => backup.Start)!)
                .OrderBy(backup => backup.Start)
            : all.OrderBy(backup => backup.Start).ThenBy(backup => backup.BackupId, StringComparer.Ordinal);
    }
}
