namespace DataResilience.PostgreSql;

/// <summary>
/// Ends at the server what goes on there for a connection that was cut: a server notices that nobody listens only when it
/// next has something to say, and holds its locks until then.
/// </summary>
internal static class AbandonedSession
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    internal static async Task EndAsync(ServerSession session, ServerAddress target, TimeProvider time)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        int process = session.ProcessId;
        await using ServerSession maintenance = await MaintenanceSession.OpenAsync(target, new TargetFailures(), limit.Token);
        // The number may be another's by now, who does not do what we do.
        const string End = """
            SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity
            WHERE pid = $1 AND datname = $2 AND application_name = 'DataResilience'
            """;
        await maintenance.ScalarAsync<bool>(End, limit.Token, process, target.Database);
        const string IsThere = "SELECT true FROM pg_catalog.pg_stat_activity WHERE pid = $1 AND datname = $2";
        while (await maintenance.ScalarAsync<bool>(IsThere, limit.Token, process, target.Database))
        {
            await maintenance.ExecuteAsync("SELECT pg_catalog.pg_sleep(0.02)", limit.Token);
        }
    }
}
