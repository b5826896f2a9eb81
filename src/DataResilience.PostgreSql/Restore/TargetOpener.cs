using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>Begins a restore, after everything that would stop it later was looked at.</summary>
internal static class TargetOpener
{
    internal static async Task<IRestoreTarget> OpenAsync(
        ServerAddress target, TargetOptions options, Random random, TimeProvider time, CancellationToken cancellationToken)
    {
        var failures = new TargetFailures();
        await using ServerSession maintenance = await MaintenanceSession.OpenAsync(target, failures, cancellationToken);
        return await NewDatabaseTarget.OpenAsync(maintenance, target, options, failures, random, time, cancellationToken);
    }
}
