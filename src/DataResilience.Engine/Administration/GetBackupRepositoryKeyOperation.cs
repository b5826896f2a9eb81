using DataResilience.Engine.Operations;
using DataResilience.Engine.Repository;
using DataResilience.Engine.Selection;

namespace DataResilience.Engine.Administration;

/// <summary>Lists the key slots of a repository.</summary>
internal sealed class GetBackupRepositoryKeyOperation(RepositoryOpener opener)
    : ReadingOperation<GetBackupRepositoryKeyRequest, IReadOnlyList<BackupRepositoryKey>>
{
    protected override string SubjectOf(GetBackupRepositoryKeyRequest request) => request.Repository?.Location ?? "";

    protected override async Task<IReadOnlyList<BackupRepositoryKey>> RunAsync(
        GetBackupRepositoryKeyRequest request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        OpenedRepository repository = await opener.OpenAsync(request, reporter, cancellationToken);
        var filter = new NameFilter(request.Name, []);
        BackupRepositoryKey[] chosen = [.. repository.Keyring.Slots
            .Select(slot => KeyResult.Of(slot, repository.Keyring.NameOf(slot.Id), repository))
            .Where(key => filter.Takes(key.Name) || request.Name.Contains(key.KeyId))];
        return chosen.Length > 0 ? chosen : throw Errors.KeyNotFound.Create(string.Join(", ", request.Name), repository.Location);
    }
}
