using DataResilience.Engine.Operations;
using DataResilience.Providers;

namespace DataResilience.Engine.Restore;

/// <summary>One restore on its way: the target that is being made, and what was done so far. Disposed uncommitted, it leaves nothing.</summary>
internal sealed class RestoreRun(EngineServices services, RestoreSource source, RestoreDatabaseRequest request, IOperationReporter reporter) : IAsyncDisposable
{
    private readonly StepRecorder steps = new(services.Time, reporter);
    private readonly int workers = Workers.Count(request.ThrottleLimit);
    private IRestoreTarget? target;
    private TargetProof? proof;

    private IRestoreTarget Target => target ?? throw new InvalidOperationException("The target is opened first.");

    internal async Task OpenTargetAsync(CancellationToken cancellationToken)
    {
        DatabaseEndpoint endpoint = request.Target!;
        TargetOptions options = source.ToTargetOptions(request, workers, request.LockTimeout);
        target = await services.ProviderOf(endpoint).OpenTargetAsync(endpoint, options, cancellationToken);
        bool addsToRows = !source.Scope.IncludesSchema && !request.Replace;
        proof = new TargetProof(Target, source, addsToRows);
        await proof.BeginAsync(cancellationToken);
    }

    internal async Task RestoreAsync(CancellationToken cancellationToken)
    {
        await CreateAsync("Create tables", SchemaPhase.PreData, cancellationToken);
        await LoadAsync(cancellationToken);
        await CreateAsync("Create indexes, views and triggers", SchemaPhase.PostData, cancellationToken);
        await CollectStatisticsAsync(cancellationToken);
    }

    internal async Task ProveAsync(CancellationToken cancellationToken)
    {
        await steps.RunAsync("Check the database", () => CheckAsync(cancellationToken));
        if (source.Scope.IncludesRows)
        {
            await steps.RunAsync("Compare digests", () => proof!.CompareAsync(Progress("Proving"), cancellationToken));
        }
        else
        {
            steps.Skip("Compare digests", "no rows were asked for");
        }
    }

    internal Task CommitAsync(CancellationToken cancellationToken) => steps.RunAsync("Put in place", async () =>
    {
        foreach (string warning in await Target.CommitAsync(cancellationToken))
        {
            reporter.Warning($"{warning}.");
        }

        return Target.Description.Database;
    });

    internal RestoreResult Result(DateTimeOffset start) => new()
    {
        BackupId = source.Manifest.BackupId,
        Repository = source.View.Summary,
        SourceServer = source.Manifest.Server,
        TargetServer = Target.Description.Server,
        Database = source.Manifest.Database,
        TargetDatabase = Target.Description.Database,
        RecoveredTo = source.Manifest.Start.LocalDateTime,
        Tables = source.Tables.Count,
        Rows = source.Scope.IncludesRows ? source.Tables.Sum(table => table.Table.Rows) : 0,
        BytesRestored = source.Scope.IncludesRows ? source.Tables.Sum(table => table.Table.Bytes) : 0,
        IsVerified = source.Scope.IncludesRows,
        Start = start.LocalDateTime,
        Duration = services.Time.GetUtcNow() - start,
        Steps = steps.Steps,
    };

    public async ValueTask DisposeAsync()
    {
        if (target is not null)
        {
            await target.DisposeAsync();
        }
    }

    private async Task CreateAsync(string name, SchemaPhase phase, CancellationToken cancellationToken)
    {
        SchemaObject[] objects = [.. source.Selection.Objects.Where(item => item.Phase == phase)];
        if (!source.Scope.IncludesSchema || objects.Length == 0)
        {
            steps.Skip(name, source.Scope.IncludesSchema ? "there are none" : "only rows were asked for");
            return;
        }

        await steps.RunAsync(name, async () =>
        {
            await Target.CreateObjectsAsync(objects, cancellationToken);
            return string.Join(", ", objects.GroupBy(item => item.Kind, StringComparer.Ordinal).Select(group => $"{group.Count()} {group.Key}"));
        });
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (!source.Scope.IncludesRows)
        {
            steps.Skip("Load rows", "no rows were asked for");
            return;
        }

        await steps.RunAsync("Load rows", async () =>
        {
            await new RowLoading(Target, source, workers).LoadAllAsync(Progress("Restoring"), cancellationToken);
            return $"{Counted.Of(source.Tables.Sum(table => table.Table.Rows), "row")} into {Counted.Of(source.Tables.Count, "table")}";
        });
    }

    private async Task CollectStatisticsAsync(CancellationToken cancellationToken)
    {
        const string Name = "Collect statistics";
        if (source.Scope.IncludesRows)
        {
            await steps.RunAsync(Name, async () => await Target.CollectStatisticsAsync(cancellationToken) ?? "the engine needs none");
        }
        else
        {
            steps.Skip(Name, "no rows were asked for");
        }
    }

    private async Task<string> CheckAsync(CancellationToken cancellationToken)
    {
        TargetCheck check = await Target.CheckAsync(cancellationToken);
        if (check.Findings.Count > 0)
        {
            throw Errors.RestoreCheckFailed.Create(Target.Description.Database, string.Join("; ", check.Findings.Take(10)));
        }

        foreach (string warning in check.Warnings)
        {
            reporter.Warning($"{warning}.");
        }

        return check.Warnings.Count == 0 ? "no finding" : string.Join("; ", check.Warnings.Take(10));
    }

    private WorkProgress Progress(string verb) =>
        new(reporter, services.Time, $"{verb} {source.Manifest.Database}", source.Tables.Sum(table => table.Table.Rows));
}
