using DataResilience.Engine.Operations;
using DataResilience.Engine.Chunking;
using DataResilience.Providers;

namespace DataResilience.Engine.Restore;

/// <summary>Says what a restore would do and what stands in its way; changes nothing.</summary>
internal sealed class RestorePlanner(EngineServices services)
{
    internal async Task<RestorePlan> PlanAsync(RestoreSource source, RestoreRequest request, CancellationToken cancellationToken)
    {
        TargetState? state = request.Target is { } target
            ? await services.ProviderOf(target).InspectTargetAsync(
                target, source.ToTargetOptions(request, loaders: 1, lockTimeout: TimeSpan.Zero), cancellationToken)
            : null;
        IReadOnlyList<string> obstacles = [.. FindObstacles(source, request, state)];
        ILookup<string, string> objects = source.Selection.Objects
            .Where(item => item.Table is not null)
            .ToLookup(item => item.Table!, item => $"{item.Kind} {item.Name}", StringComparer.Ordinal);
        long rowBytes = source.Tables.Sum(table => table.Table.Bytes);
        return new RestorePlan
        {
            BackupId = source.Manifest.BackupId,
            Repository = source.View.Summary,
            Database = source.Manifest.Database,
            Target = request.Target?.ToString() ?? "",
            TargetExists = state?.Exists,
            CanRestore = request.Target is not null && obstacles.Count == 0,
            Obstacles = obstacles,
            RecoveredTo = source.Manifest.Start.LocalDateTime,
            Tables = [.. source.Tables.Select(table => new PlannedTable(
                table.Table.QualifiedName, table.Table.Rows, table.Table.Bytes, [.. objects[table.Table.QualifiedName]]))],
            Rows = source.Scope.IncludesRows ? source.Tables.Sum(table => table.Table.Rows) : 0,
            TotalSize = source.Scope.IncludesRows ? rowBytes : 0,
            BytesToRead = source.Scope.IncludesRows ? await SumSealedBytesAsync(source, cancellationToken) : 0,
            TargetFreeSpace = state?.FreeSpace,
            Steps = [.. Steps(source.Scope, request)],
        };
    }

    private static IEnumerable<string> FindObstacles(RestoreSource source, RestoreRequest request, TargetState? state)
    {
        if (state is null)
        {
            yield return "no target was given";
            yield break;
        }

        bool isPartial = source.TakesPartOfTarget;
        if (!state.PlaceExists)
        {
            yield return $"the place of '{request.Target}' does not exist";
        }

        if (state.Exists && !isPartial && !request.Replace)
        {
            yield return $"'{request.Target}' exists already, and -Replace was not given";
        }

        foreach (string obstacle in state.Obstacles)
        {
            yield return obstacle;
        }

        if (!source.Scope.IncludesSchema)
        {
            foreach (ChosenTable table in source.Tables.Where(table => !state.Tables.Contains(table.Table.QualifiedName)))
            {
                yield return $"the table '{table.Table.QualifiedName}' is not in the target, and -DataOnly was given";
            }
        }
        else if (isPartial && !request.Replace)
        {
            foreach (ChosenTable table in source.Tables.Where(table => state.Tables.Contains(table.Table.QualifiedName)))
            {
                yield return $"the table '{table.Table.QualifiedName}' is in the target already, and -Replace was not given";
            }
        }
    }

    private static async Task<long> SumSealedBytesAsync(RestoreSource source, CancellationToken cancellationToken)
    {
        long sum = 0;
        foreach (ChosenTable table in source.Tables)
        {
            await foreach (ChunkListEntry entry in source.Contents.ListChunksAsync(table.Table, cancellationToken))
            {
                sum += await source.Contents.Chunks.SealedBytesAsync(entry.Id, cancellationToken);
            }
        }

        return sum;
    }

    private static IEnumerable<string> Steps(RestoreScope scope, RestoreRequest request)
    {
        if (scope.IncludesSchema)
        {
            yield return "Create tables, out of sight";
        }

        if (scope.IncludesRows)
        {
            yield return "Load rows";
        }

        if (scope.IncludesSchema)
        {
            yield return "Create indexes, views and triggers";
        }

        if (scope.IncludesRows)
        {
            yield return "Let the engine collect statistics";
        }

        yield return "Let the engine check the database";
        if (scope.IncludesRows)
        {
            yield return "Read every row back and compare the digests with the backup's";
        }

        yield return request.Replace ? "Put it in place of what is there, in one step" : "Put it under the wanted name, in one step";
    }
}
