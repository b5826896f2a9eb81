using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>Begins a restore, after everything that would stop it later was looked at.</summary>
internal static class TargetOpener
{
    /// <summary>Opens a target.</summary>
    /// <param name="target">The server and the name that the database will have, or has.</param>
    /// <param name="options">What will be restored.</param>
    /// <param name="random">Names what is temporary.</param>
    /// <param name="time">Marks what is temporary, and limits its removal.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static async Task<IRestoreTarget> OpenAsync(
        ServerAddress target, TargetOptions options, Random random, TimeProvider time, CancellationToken cancellationToken)
    {
        var failures = new TargetFailures();
        await using ServerSession maintenance = await MaintenanceSession.OpenAsync(target, failures, cancellationToken);
        bool exists = await DatabaseUse.ExistsAsync(maintenance, target.Database, cancellationToken);
        IReadOnlyList<DataResilienceException> obstacles =
            await new TargetConditions(maintenance, target, options).FindAsync(exists, cancellationToken);
        if (obstacles.Count > 0)
        {
            throw obstacles[0];
        }

        if (!options.IncludesSchema && !exists)
        {
            throw Errors.TargetTableMissing.Create(target, options.Tables.Select(table => table.QualifiedName).FirstOrDefault(""));
        }

        if (exists && options.IsPartial)
        {
            return await LiveDatabaseTarget.OpenAsync(target, options, failures, time, cancellationToken);
        }

        if (exists && !options.Replace)
        {
            throw Errors.TargetExists.Create(target);
        }

        return await NewDatabaseTarget.OpenAsync(maintenance, target, options, failures, random, time, cancellationToken);
    }
}
