using System.Security;
using DataResilience.Providers;
using DataResilience.Testing.Servers;

namespace DataResilience.MySql.Tests;

/// <summary>Reads a schema as a snapshot does, without one: in these tests nothing else changes it.</summary>
internal static class SourceSchema
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    internal static async Task<DatabaseSchema> ReadAsync(
        MySqlTestDatabase database, Func<IReadOnlyList<string>, bool>? takesTable = null, bool includeRoles = false, string? user = null)
    {
        await using ServerSession session = await OpenAsync(database, SessionPurpose.Read, user);
        var options = new SnapshotOptions(1, TimeSpan.FromSeconds(30)) { IncludeRoles = includeRoles, TakesTable = takesTable };
        return await new SchemaReader(session, options).ReadAsync(Token);
    }

    internal static Task<ServerSession> OpenAsync(MySqlTestDatabase database, SessionPurpose purpose, string? user = null)
    {
        var password = new SecureString();
        foreach (char letter in database.Server.Password)
        {
            password.AppendChar(letter);
        }

        DatabaseEndpoint endpoint = database.Server.Endpoint(database.Name, user).WithPassword(password);
        ServerFailures failures = purpose == SessionPurpose.Load ? new TargetFailures() : new SourceFailures();
        return ServerSession.OpenAsync(ServerAddress.Of(endpoint), failures, purpose, Token);
    }
}
