using System.Text.Json;
using DataResilience.Engine.Operations;
using DataResilience.Engine.Repository;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Retention;

/// <summary>Deletes a backup by a tombstone. Its chunks stay until a sweep finds that nothing needs them.</summary>
internal sealed class RemoveDatabaseBackupOperation(EngineServices services, RepositoryOpener opener)
    : Operation<RemoveDatabaseBackupRequest, DataResilience.Backup>
{
    protected override async Task<OperationPlan> PlanAsync(
        RemoveDatabaseBackupRequest request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        (_, CatalogEntry entry) = await FindAsync(request, reporter, cancellationToken);
        return new OperationPlan(entry.BackupId, $"Delete the backup of '{entry.Header.Database}'", [$"{Counted.Of(entry.Rows, "row")} in {Counted.Of(entry.Tables, "table")}"]);
    }

    protected override async Task<DataResilience.Backup> RunAsync(
        RemoveDatabaseBackupRequest request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        (CatalogView view, CatalogEntry entry) = await FindAsync(request, reporter, cancellationToken);
        await view.Repository.BeginWritingAsync(cancellationToken);
        string name = ObjectNames.Tombstone(entry.BackupId);
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(TombstoneOf(entry, request.Reason), RepositoryJson.Default.Tombstone);
        byte[] bytes = new RecordSealer(services.Random).Seal(ObjectKind.Deletion, name, json, view.Repository.Keys, RecordSigner.Admin);
        await view.Repository.Store.CreateOrMatchAsync(name, bytes, cancellationToken);
        return view.Result(entry);
    }

    private async Task<(CatalogView View, CatalogEntry Entry)> FindAsync(
        RemoveDatabaseBackupRequest request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        BackupReference reference = request.Backup ?? throw Errors.ArgumentInvalid.Create("Backup", "no backup was named");
        CatalogView view = await opener.OpenCatalogAsync(request, reporter, cancellationToken);
        view.Repository.Require(RepositoryRole.Admin);
        CatalogEntry entry = view.Resolve(reference, request.Database);
        bool isLast = !view.Catalog.Backups.Any(other => other.BackupId != entry.BackupId && IsOfSameDatabase(other, entry));
        return isLast && !request.AllowLastBackup ? throw Errors.LastBackup.Create(entry.BackupId) : (view, entry);
    }

    private static bool IsOfSameDatabase(CatalogEntry one, CatalogEntry other) =>
        one.Header.Engine == other.Header.Engine && one.Header.Server == other.Header.Server && one.Header.Source == other.Header.Source;

    private Tombstone TombstoneOf(CatalogEntry entry, string reason) => new()
    {
        BackupId = entry.BackupId,
        Manifest = entry.Sha256,
        Slot = entry.Signer.ToString(),
        Sequence = entry.Header.Sequence,
        Seen = entry.Header.Seen,
        Engine = entry.Header.Engine,
        Server = entry.Header.Server,
        Database = entry.Header.Database,
        Time = services.Time.GetUtcNow(),
        Reason = reason,
    };
}
