namespace DataResilience.PostgreSql;

/// <summary>What a server must be before anything is asked of it.</summary>
internal static class SessionChecks
{
    private const int OldestMajor = 13;

    private const string SupportedVersions = "13 to 18";

    internal static async Task RequireAsync(ServerSession session, CancellationToken cancellationToken)
    {
        RequireVersion(session.Version, session.Address);
        // A pooler answers the login itself, with a process number of its own making, and lends a server for a transaction.
        if (await session.ScalarAsync<int>("SELECT pg_catalog.pg_backend_pid()", cancellationToken) != session.Connection.ProcessID)
        {
            throw Errors.PoolerUnsupported.Create(session.Address);
        }

        await RequireKindAsync(session, cancellationToken);
    }

    internal static void RequireVersion(Version version, ServerAddress address)
    {
        if (version.Major < OldestMajor)
        {
            throw Errors.ServerUnsupported.Create(address, version, SupportedVersions);
        }
    }

    /// <summary>The driver chooses among several hosts; with one there is nothing to choose, and it may be the wrong one.</summary>
    private static async Task RequireKindAsync(ServerSession session, CancellationToken cancellationToken)
    {
        string? condition = session.Address.TargetSession switch
        {
            "any" or "prefer-standby" or "prefer-primary" => null,
            "primary" => "NOT pg_is_in_recovery()",
            "standby" => "pg_is_in_recovery()",
            "read-write" => "NOT pg_is_in_recovery() AND NOT current_setting('default_transaction_read_only')::bool",
            "read-only" => "pg_is_in_recovery() OR current_setting('default_transaction_read_only')::bool",
            var other => throw Errors.EndpointInvalid.Create(
                session.Address, $"its parameter '{ConnectionParameter.TargetSession}' cannot be '{other}'"),
        };
        if (condition is not null && !await session.ScalarAsync<bool>($"SELECT {condition}", cancellationToken))
        {
            throw Errors.ServerUnreachable.Create(session.Address, $"no server there is '{session.Address.TargetSession}'");
        }
    }
}
