using DataResilience.Testing.Servers;

namespace DataResilience.MySql.Tests;

/// <summary>An account of a test's own, with the servers' usual password; it is dropped when disposed.</summary>
internal sealed class TestAccount : IAsyncDisposable
{
    private readonly MySqlServer server;

    private TestAccount(MySqlServer server, string name) => (this.server, Name) = (server, name);

    internal string Name { get; }

    /// <summary>Makes one.</summary>
    /// <param name="database">The database that the grants are about.</param>
    /// <param name="grants">What it is granted, up to TO.</param>
    internal static async Task<TestAccount> CreateAsync(MySqlTestDatabase database, params string[] grants)
    {
        var account = new TestAccount(database.Server, $"dr_{Guid.NewGuid():N}"[..20]);
        await database.ExecuteAsync($"CREATE USER '{account.Name}'@'%' IDENTIFIED BY '{database.Server.Password}'");
        foreach (string grant in grants)
        {
            await database.ExecuteAsync($"{grant} '{account.Name}'@'%'");
        }

        return account;
    }

    public async ValueTask DisposeAsync() => await server.ExecuteAsync($"DROP USER IF EXISTS '{Name}'@'%'");
}
