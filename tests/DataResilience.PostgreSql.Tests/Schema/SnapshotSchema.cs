using DataResilience.Providers;
using DataResilience.Testing.Servers;

namespace DataResilience.PostgreSql.Tests;

/// <summary>Reads the schema of a test database in a snapshot of its own.</summary>
internal static class SnapshotSchema
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Variables of a host on which the server's own programs, and no others, are named by the user.</summary>
    internal static ClientHost Host(PostgreSqlServer server) => ClientHost.Local with
    {
        Variable = name => name == ClientToolFinder.DirectoriesVariable ? server.Binaries : Environment.GetEnvironmentVariable(name),
    };

    internal static Task<DatabaseSchema> ReadAsync(TestDatabase database, bool includeRoles = false) =>
        ReadAsync(database.Server, database.Endpoint, includeRoles);

    internal static async Task<DatabaseSchema> ReadAsync(PostgreSqlServer server, DatabaseEndpoint endpoint, bool includeRoles = false)
    {
        await using ServerSession session = await OpenAsync(endpoint);
        return await ReadAsync(session, Host(server), TimeSpan.FromSeconds(30), includeRoles);
    }

    internal static async Task<DatabaseSchema> ReadAsync(
        ServerSession session, ClientHost host, TimeSpan lockTimeout, bool includeRoles = false, CancellationToken? token = null)
    {
        await session.ExecuteAsync("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", Token);
        string snapshot = (await session.ScalarAsync<string>("SELECT pg_catalog.pg_export_snapshot()", Token))!;
        bool isStandby = await session.ScalarAsync<bool>("SELECT pg_catalog.pg_is_in_recovery()", Token);
        return await new SchemaReader(session, new SchemaReading(snapshot, lockTimeout, includeRoles, isStandby), host)
            .ReadAsync(token ?? Token);
    }

    internal static Task<ServerSession> OpenAsync(DatabaseEndpoint endpoint) =>
        ServerSession.OpenAsync(ServerAddress.Of(endpoint), new SourceFailures(), Token);
}
