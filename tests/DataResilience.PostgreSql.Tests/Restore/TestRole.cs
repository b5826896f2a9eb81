using DataResilience.Testing.Servers;

namespace DataResilience.PostgreSql.Tests.Restore;

/// <summary>A role that may log in, for one test; what it owns must be gone before it is disposed.</summary>
internal sealed class TestRole(PostgreSqlServer server, string name) : IAsyncDisposable
{
    internal string Name { get; } = name;

    internal static async Task<TestRole> CreateAsync(PostgreSqlServer server, string attributes = "")
    {
        TestRole role = Named(server);
        await server.ExecuteAsync($"CREATE ROLE {role.Name} LOGIN PASSWORD '{PostgreSqlServer.Password}' {attributes}");
        return role;
    }

    /// <summary>A role that is not there, and is dropped if it is made.</summary>
    internal static TestRole Named(PostgreSqlServer server) => new(server.Require(), $"dr_role_{Guid.NewGuid():N}"[..24]);

    public async ValueTask DisposeAsync() => await server.ExecuteAsync($"DROP ROLE IF EXISTS {Name}");
}
