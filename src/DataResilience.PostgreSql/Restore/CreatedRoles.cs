using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>Roles that a restore made, which belong to the server and not to its database: they go again if it is not committed.</summary>
internal sealed class CreatedRoles : IAsyncDisposable
{
    private static readonly TimeSpan RemovalLimit = TimeSpan.FromSeconds(30);

    private readonly ServerAddress target;
    private readonly ServerFailures failures;
    private readonly TimeProvider time;
    private IReadOnlyList<string> roles;

    private CreatedRoles(ServerAddress target, ServerFailures failures, TimeProvider time, IReadOnlyList<string> roles)
    {
        this.target = target;
        this.failures = failures;
        this.time = time;
        this.roles = roles;
    }

    /// <summary>Makes the roles that are needed and not there, all or none.</summary>
    internal static async Task<CreatedRoles> CreateAsync(
        ServerSession maintenance, ServerAddress target, TargetOptions options, ServerFailures failures, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var needed = new RestoreRoles(options);
        IReadOnlyList<string> missing = options.IncludeRoles ? await needed.FindMissingAsync(maintenance, cancellationToken) : [];
        if (missing.Count > 0)
        {
            await maintenance.ExecuteAsync("BEGIN", cancellationToken);
            await needed.CreateAsync(maintenance, missing, cancellationToken);
            await maintenance.ExecuteAsync("COMMIT", cancellationToken);
        }

        return new CreatedRoles(target, failures, time, missing);
    }

    /// <summary>Lets them stay.</summary>
    internal void Keep() => roles = [];

    public async ValueTask DisposeAsync()
    {
        if (roles.Count > 0)
        {
            string names = string.Join(", ", roles.Select(SqlName.Quote));
            roles = [];
            await RemoveAsync(names);
        }
    }

    /// <summary>Roles that are in use by now stay; the failure that led here is what the caller is told.</summary>
    private async Task RemoveAsync(string names)
    {
        using var limit = new CancellationTokenSource(RemovalLimit, time);
        try
        {
            await using ServerSession maintenance = await MaintenanceSession.OpenAsync(target, failures, limit.Token);
            await maintenance.ExecuteAsync($"DROP ROLE IF EXISTS {names}", limit.Token);
        }
        catch (Exception failure) when (failure is DataResilienceException or OperationCanceledException)
        {
            _ = failure;
        }
    }
}
