using DataResilience.Engine.Operations;
using DataResilience.Engine.Repository;
using DataResilience.Providers;

namespace DataResilience.Engine.Administration;

/// <summary>Opens a repository and tells what it holds.</summary>
internal sealed class GetBackupRepositoryOperation(RepositoryOpener opener) : ReadingOperation<GetBackupRepositoryRequest, BackupRepository>
{
    protected override string SubjectOf(GetBackupRepositoryRequest request) => request.Repository?.Location ?? "";

    protected override async Task<BackupRepository> RunAsync(
        GetBackupRepositoryRequest request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        CatalogView view = await opener.OpenCatalogAsync(request, reporter, cancellationToken);
        long size = 0;
        await foreach (ObjectDescription found in view.Repository.Store.ListAsync("", cancellationToken))
        {
            size += found.Size;
        }

        return view.Summary with { StoredSize = size };
    }
}
