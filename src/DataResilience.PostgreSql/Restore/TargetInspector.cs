using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>Looks at a target without changing it.</summary>
internal static class TargetInspector
{
    internal static async Task<TargetState> InspectAsync(ServerAddress target, TargetOptions options, CancellationToken cancellationToken)
    {
        var failures = new TargetFailures();
        ServerSession maintenance;
        try
        {
            maintenance = await MaintenanceSession.OpenAsync(target, failures, cancellationToken);
        }
        catch (DataResilienceException failure)
        {
            bool isThere = failure.ErrorCode != Errors.ServerUnreachable.Code;
            return new TargetState(Exists: false, isThere, [], FreeSpace: null) { Obstacles = [Sentence(failure)] };
        }

        await using (maintenance)
        {
            bool exists = await DatabaseUse.ExistsAsync(maintenance, target.Database, cancellationToken);
            IReadOnlyList<DataResilienceException> obstacles =
                await new TargetConditions(maintenance, target, options).FindAsync(exists, cancellationToken);
            var state = new TargetState(exists, PlaceExists: true, [], FreeSpace: null) { Obstacles = [.. obstacles.Select(Sentence)] };
            return exists ? await InspectDatabaseAsync(state, target, options, failures, cancellationToken) : state;
        }
    }

    private static async Task<TargetState> InspectDatabaseAsync(
        TargetState state, ServerAddress target, TargetOptions options, TargetFailures failures, CancellationToken cancellationToken)
    {
        ServerSession session;
        try
        {
            session = await ServerSession.OpenAsync(target, failures, cancellationToken);
        }
        catch (DataResilienceException failure)
        {
            return state with { Obstacles = [.. state.Obstacles, Sentence(failure)] };
        }

        await using (session)
        {
            PresentTables present = await PresentTables.ReadAsync(session, cancellationToken);
            IReadOnlyList<DataResilienceException> needing = options.IsPartial
                ? await new LiveConditions(session, target, options).FindDependentsAsync(present, cancellationToken)
                : [];
            return state with { Tables = present.Names, Obstacles = [.. state.Obstacles, .. needing.Select(Sentence)] };
        }
    }

    private static string Sentence(DataResilienceException failure) => failure.Message.TrimEnd('.');
}
