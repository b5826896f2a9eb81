using DataResilience.Engine.ObjectStores;
using DataResilience.Engine.Operations;
using DataResilience.Engine.Repository;

namespace DataResilience.Engine.Verification;

/// <summary>Verifies one backup, or every object of a repository, and says exactly what is wrong.</summary>
internal sealed class TestBackupIntegrityOperation(EngineServices services, RepositoryOpener opener)
    : Operation<TestBackupIntegrityRequest, IReadOnlyList<BackupIntegrity>>
{
    protected override async Task<OperationPlan> PlanAsync(
        TestBackupIntegrityRequest request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        Validate(request);
        CatalogView view = await opener.OpenCatalogAsync(request, reporter, cancellationToken);
        string subject = request.Backup is { } reference ? view.Resolve(reference, request.Database).BackupId : view.Repository.Location;
        return new OperationPlan(
            subject,
            request.Level == IntegrityLevel.Restore ? $"Restore to '{request.Target}', compare, and drop it" : $"Verify at level {request.Level}",
            []);
    }

    protected override async Task<IReadOnlyList<BackupIntegrity>> RunAsync(
        TestBackupIntegrityRequest request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        Validate(request);
        if (request.Level == IntegrityLevel.Restore)
        {
            return [await new RestoreDrill(services, opener).RunAsync(request, reporter, cancellationToken)];
        }

        var store = new CountingObjectStore(opener.OpenStore(request.Repository));
        OpenedRepository repository = await opener.OpenAsync(request, store, reporter, cancellationToken);
        CatalogView view = await RepositoryOpener.ReadCatalogAsync(repository, request, reporter, cancellationToken);
        var run = new IntegrityRun(services, view, store, request, reporter);
        return request.Backup is { } reference
            ? [await run.VerifyOneAsync(view.Resolve(reference, request.Database), cancellationToken)]
            : await run.VerifyEverythingAsync(cancellationToken);
    }

    private static void Validate(TestBackupIntegrityRequest request)
    {
        _ = Workers.Count(request.ThrottleLimit);
        if (request.Level == IntegrityLevel.Restore && request.Target is null)
        {
            throw Errors.TargetRequired.Create(request.Backup?.Id ?? "the drill");
        }

        if (request.Level == IntegrityLevel.Restore && request.Backup is null)
        {
            throw Errors.ArgumentInvalid.Create("Backup", "a drill restores one backup, and none was named");
        }

        if (request.Level != IntegrityLevel.Restore && request.Target is not null)
        {
            throw Errors.ArgumentInvalid.Create("Target", $"level {request.Level} restores nothing");
        }

        if (request.Level != IntegrityLevel.Restore && (request.NoOwner || request.NoPrivileges))
        {
            throw Errors.ArgumentInvalid.Create(
                request.NoOwner ? nameof(request.NoOwner) : nameof(request.NoPrivileges), $"level {request.Level} restores nothing");
        }
    }
}
