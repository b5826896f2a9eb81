using DataResilience.Engine.Operations;
using DataResilience.Engine.Repository;

namespace DataResilience.Engine.Restore;

/// <summary>Restores a backup, whole or in part, and proves it before it is put under the wanted name.</summary>
internal sealed class RestoreOperation(EngineServices services, RepositoryOpener opener)
    : Operation<RestoreDatabaseRequest, RestoreResult>
{
    protected override async Task<OperationPlan> PlanAsync(
        RestoreDatabaseRequest request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        RestoreSource source = await RestoreSource.OpenAsync(services, opener, request, reporter, cancellationToken);
        RestorePlan plan = await new RestorePlanner(services).PlanAsync(source, request, cancellationToken);
        if (plan.TargetExists == true && !request.Replace && !source.TakesPartOfTarget)
        {
            throw Errors.TargetExists.Create(plan.Target);
        }

        string what = $"Restore {Counted.Of(plan.Tables.Count, "table")} with {Counted.Of(plan.Rows, "row")} of the backup '{plan.BackupId}'";
        return new OperationPlan(plan.Target, request.Replace ? $"{what}, replacing what is there" : what, [.. plan.Obstacles, .. plan.Steps]);
    }

    protected override async Task<RestoreResult> RunAsync(
        RestoreDatabaseRequest request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        DateTimeOffset start = services.Time.GetUtcNow();
        _ = request.Target ?? throw Errors.TargetRequired.Create(request.Backup?.Id ?? "the backup");
        RestoreSource source = await RestoreSource.OpenAsync(services, opener, request, reporter, cancellationToken);
        var run = new RestoreRun(services, source, request, reporter);
        await using (run)
        {
            await run.OpenTargetAsync(cancellationToken);
            await run.RestoreAsync(cancellationToken);
            await run.ProveAsync(cancellationToken);
            await run.CommitAsync(cancellationToken);
        }

        return run.Result(start);
    }
}
