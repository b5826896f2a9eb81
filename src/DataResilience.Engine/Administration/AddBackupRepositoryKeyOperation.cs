using DataResilience.Engine.Keys;
using DataResilience.Engine.Operations;
using DataResilience.Engine.Repository;

namespace DataResilience.Engine.Administration;

/// <summary>Adds a key slot.</summary>
internal sealed class AddBackupRepositoryKeyOperation(EngineServices services, RepositoryOpener opener)
    : Operation<AddBackupRepositoryKeyRequest, BackupRepositoryKey>
{
    protected override async Task<OperationPlan> PlanAsync(
        AddBackupRepositoryKeyRequest request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        OpenedRepository repository = await opener.OpenAsync(request, reporter, cancellationToken);
        repository.Require(RepositoryRole.Admin);
        NewCredential.Validate(request.NewPassphrase, request.NewKeyFile, repository.Location);
        return new OperationPlan(repository.Location, $"Add the key '{request.Name}' with the roles {request.Role}", []);
    }

    protected override async Task<BackupRepositoryKey> RunAsync(
        AddBackupRepositoryKeyRequest request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        OpenedRepository repository = await opener.OpenAsync(request, reporter, cancellationToken);
        repository.Require(RepositoryRole.Admin | request.Role);
        using SlotCredential credential = NewCredential.Make(
            request.NewPassphrase, request.NewKeyFile, request.Name, repository.Location, services, reporter);
        KeyringChange change = new KeyringEditor(repository.Keys, services.Random, services.Time)
            .Add(request.Name, request.Role, credential, services.PassphraseDerivation);
        await KeyringWriting.WriteAsync(repository, change, cancellationToken);
        return KeyResult.Of(change.Slot, request.Name, repository);
    }
}
