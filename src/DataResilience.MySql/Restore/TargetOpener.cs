using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>Begins a restore of the kind that is wanted, after everything that would stop it later was looked at.</summary>
internal static class TargetOpener
{
    internal static Task<IRestoreTarget> OpenAsync(
        ServerAddress address, TargetOptions options, Random random, TimeProvider time, CancellationToken cancellationToken) =>
        OpenAsync(new RestoreSetting(address, options, new TargetFailures(), random, time), cancellationToken);

    internal static async Task<IRestoreTarget> OpenAsync(RestoreSetting setting, CancellationToken cancellationToken)
    {
        RestoreOwner owner = await RestoreOwner.OpenAsync(setting.Target, setting.Failures, cancellationToken);
        try
        {
            return await OpenAsync(setting, owner, cancellationToken);
        }
        catch
        {
            await owner.DisposeAsync();
            throw;
        }
    }

    private static async Task<IRestoreTarget> OpenAsync(RestoreSetting setting, RestoreOwner owner, CancellationToken cancellationToken)
    {
        TargetOptions options = setting.Options;
        ServerSession session = owner.Session;
        await RemoveRemainsAsync(session, setting.Target, cancellationToken);
        TargetPlace place = await TargetPlace.ReadAsync(session, setting.Target, cancellationToken);
        if (!options.IncludesSchema && !place.Exists)
        {
            throw Errors.TargetTableMissing.Create(setting.Target, options.Tables.Select(table => table.QualifiedName).FirstOrDefault(""));
        }

        if (place.Exists && !options.IsPartial && !options.Replace)
        {
            throw Errors.TargetExists.Create(setting.Target);
        }

        IReadOnlyList<DataResilienceException> obstacles = await new TargetConditions(session, setting.Target, options).FindAsync(place, cancellationToken);
        if (obstacles.Count > 0)
        {
            throw obstacles[0];
        }

        return options.IncludesSchema
            ? await DatabaseTarget.OpenAsync(setting, owner, isBeside: place.Exists, cancellationToken)
            : await LiveRowsTarget.OpenAsync(setting, owner, cancellationToken);
    }

    /// <summary>What a dead restore of the same name left: its lock would be held if it lived.</summary>
    private static async Task RemoveRemainsAsync(ServerSession session, ServerAddress target, CancellationToken cancellationToken)
    {
        foreach (RestoreMarker marker in await RestoreMarker.FindAsync(session, target.Database, cancellationToken))
        {
            if (!marker.IsRemains)
            {
                throw Errors.TargetHalfReplaced.Create(target, marker.Database, "a restore was cut off while it replaced them");
            }

            await session.ExecuteAsync($"DROP DATABASE IF EXISTS {SqlText.Name(marker.Database)}", cancellationToken);
        }
    }
}
