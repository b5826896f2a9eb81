using DataResilience.Engine.Operations;
using DataResilience.Engine.Repository;

namespace DataResilience.Engine.Restore;

/// <summary>Tells what a restore would do.</summary>
internal sealed class GetRestorePlanOperation(EngineServices services, RepositoryOpener opener)
    : ReadingOperation<GetRestorePlanRequest, RestorePlan>
{
    protected override string SubjectOf(GetRestorePlanRequest request) => request.Backup?.Id ?? "";

    protected override async Task<RestorePlan> RunAsync(GetRestorePlanRequest request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        RestoreSource source = await RestoreSource.OpenAsync(services, opener, request, reporter, cancellationToken);
        return await new RestorePlanner(services).PlanAsync(source, request, cancellationToken);
    }
}
