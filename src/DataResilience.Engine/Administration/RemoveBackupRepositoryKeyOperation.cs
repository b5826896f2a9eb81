using DataResilience.Engine.Keys;
using DataResilience.Engine.Operations;
using DataResilience.Engine.Repository;

namespace DataResilience.Engine.Administration;

/// <summary>Removes a key slot. What it wrote stays; what it writes from then on does not count.</summary>
internal sealed class RemoveBackupRepositoryKeyOperation(EngineServices services, RepositoryOpener opener)
    : Operation<RemoveBackupRepositoryKeyRequest, BackupRepositoryKey>
{
    protected override async Task<OperationPlan> PlanAsync(
        RemoveBackupRepositoryKeyRequest request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        OpenedRepository repository = await opener.OpenAsync(request, reporter, cancellationToken);
        KeyringSlot slot = Find(repository, request);
        string name = repository.Keyring.NameOf(slot.Id);
        return new OperationPlan(
            repository.Location, $"Remove the key '{name}' with the roles {slot.Roles}", [request.KeepGeneration ? "keys stay as they are" : "a new generation of keys begins"]);
    }

    protected override async Task<BackupRepositoryKey> RunAsync(
        RemoveBackupRepositoryKeyRequest request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        CatalogView view = await opener.OpenCatalogAsync(request, reporter, cancellationToken);
        OpenedRepository repository = view.Repository;
        KeyringSlot slot = Find(repository, request);
        BackupRepositoryKey removed = KeyResult.Of(slot, repository.Keyring.NameOf(slot.Id), repository);
        KeyringChange change = new KeyringEditor(repository.Keys, services.Random, services.Time)
            .Remove(slot.Id, [.. view.Catalog.RecordHashes[slot.Id]], view.Catalog.TombstoneHashes, !request.KeepGeneration);
        await KeyringWriting.WriteAsync(repository, change, cancellationToken);
        await KeyringEditor.DeleteObsoleteAsync(repository.Store, change, cancellationToken);
        return removed;
    }

    private static KeyringSlot Find(OpenedRepository repository, RemoveBackupRepositoryKeyRequest request)
    {
        repository.Require(RepositoryRole.Admin);
        return repository.Keyring.FindSlot(request.Name) ?? throw Errors.KeyNotFound.Create(request.Name, repository.Location);
    }
}
