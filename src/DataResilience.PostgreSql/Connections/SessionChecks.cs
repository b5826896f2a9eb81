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
    }

    internal static void RequireVersion(Version version, ServerAddress address)
    {
        if (version.Major < OldestMajor)
        {
            throw Errors.ServerUnsupported.Create(address, version, SupportedVersions);
        }
    }
}
