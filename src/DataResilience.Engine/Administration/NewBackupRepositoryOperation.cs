using DataResilience.Engine.Keys;
using DataResilience.Engine.Keys.Memory;
using DataResilience.Engine.Operations;
using DataResilience.Engine.Repository;
using DataResilience.Providers;

namespace DataResilience.Engine.Administration;

/// <summary>Makes a repository in an empty place.</summary>
internal sealed class NewBackupRepositoryOperation(EngineServices services, RepositoryOpener opener)
    : Operation<NewBackupRepositoryRequest, BackupRepository>
{
    protected override async Task<OperationPlan> PlanAsync(
        NewBackupRepositoryRequest request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        IObjectStore store = opener.OpenStore(request.Repository);
        await RequireRoomAsync(store, cancellationToken);
        NewCredential.Validate(request.Passphrase, request.KeyFile, store.Location);
        return new OperationPlan(store.Location, $"Make a backup repository with the key '{request.Name}'", []);
    }

    protected override async Task<BackupRepository> RunAsync(
        NewBackupRepositoryRequest request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        IObjectStore store = opener.OpenStore(request.Repository);
        await RequireRoomAsync(store, cancellationToken);
        using SlotCredential credential = NewCredential.Make(request.Passphrase, request.KeyFile, request.Name, store.Location, services, reporter);
        FoundedRepository founded = new RepositoryFounder(services.PassphraseDerivation, services.Random, services.Time).Found(request.Name, credential);
        await RepositoryFounder.WriteAsync(store, founded, cancellationToken);
        Keyring keyring = founded.Keys.Keyring;
        await opener.CheckMemoryAsync(store.Location, keyring, new Acceptance(keyring.Fingerprint), reporter, cancellationToken);
        return RepositorySummary.New(store.Location, founded.Keys) with { StoredSize = founded.Objects.Sum(item => item.Content.Length) };
    }

    /// <exception cref="DataResilienceException"><c>RepositoryExists</c>, <c>RepositoryLocationNotEmpty</c>.</exception>
    private static async Task RequireRoomAsync(IObjectStore store, CancellationToken cancellationToken)
    {
        switch (await RepositoryFounder.InspectAsync(store, cancellationToken))
        {
            case FoundingState.Empty or FoundingState.Abandoned:
                return;
            case FoundingState.Occupied:
                throw Errors.RepositoryLocationNotEmpty.Create(store.Location);
            default:
                throw Errors.RepositoryExists.Create(store.Location);
        }
    }
}
