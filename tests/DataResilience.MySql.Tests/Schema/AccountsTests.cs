using DataResilience.Providers;
using DataResilience.Testing.Servers;

namespace DataResilience.MySql.Tests;

/// <summary>Accounts, roles and grants: made again in another database they give the same rights there, and no others.</summary>
[Trait("Category", "Server")]
public sealed class AccountsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(MySqlServer.Versions), MemberType = typeof(MySqlServer))]
    public async Task Rights_come_back_in_a_database_of_another_name(string name)
    {
        MySqlServer server = MySqlServer.Named(name);
        await using MySqlTestDatabase source = await server.CreateDatabaseAsync();
        await using MySqlTestDatabase target = await server.CreateDatabaseAsync();
        await source.RunScriptAsync("CREATE TABLE t (a int, b int); CREATE FUNCTION f() RETURNS int DETERMINISTIC RETURN 1");
        await using TestAccount user = await TestAccount.CreateAsync(
            source, "GRANT SELECT (a), INSERT, UPDATE (a, b) ON t TO", "GRANT EXECUTE ON FUNCTION f TO", $"GRANT DELETE ON `{source.Name.Replace("_", "\\_", StringComparison.Ordinal)}`.* TO", "GRANT RELOAD ON *.* TO");
        await using TestAccount definer = await TestAccount.CreateAsync(source, "GRANT SELECT ON t TO");
        string role = $"dr_role_{Guid.NewGuid():N}"[..20];
        await source.RunScriptAsync(
            $"""
            CREATE ROLE {role}; GRANT SELECT ON * TO {role}; GRANT {role} TO '{user.Name}'@'%';
            {(server.Engine == DatabaseEngine.MariaDb ? $"SET DEFAULT ROLE {role} FOR '{user.Name}'@'%'" : $"ALTER USER '{user.Name}'@'%' DEFAULT ROLE {role}")};
            CREATE DEFINER='{definer.Name}'@'%' VIEW below AS SELECT a FROM t;
            GRANT SELECT ON below TO '{user.Name}'@'%';
            CREATE DEFINER='{user.Name}'@'%' VIEW above AS SELECT a FROM below;
            CREATE VIEW beyond AS SELECT a FROM above;
            """);
        DatabaseSchema schema = await SourceSchema.ReadAsync(source, includeRoles: true);
        string[] accounts = [$"'{user.Name}'@'%'", $"'{definer.Name}'@'%'", role];
        string[] before = await GrantsAsync(source, accounts);

        await server.ExecuteAsync($"DROP USER {accounts[0]}, {accounts[1]}");
        await server.ExecuteAsync($"DROP ROLE {role}");
        await Recreation.RunAsync(target, schema);
        string[] after = await GrantsAsync(target, accounts);
        await server.ExecuteAsync($"DROP ROLE {role}");

        Assert.Equal(before.Where(line => !line.Contains("RELOAD", StringComparison.Ordinal)), after.Where(line => !line.Contains("GRANT USAGE", StringComparison.Ordinal) || before.Contains(line)));
        Assert.Contains(schema.Warnings, sentence => sentence.StartsWith($"The account '{user.Name}@%' has rights on all databases", StringComparison.Ordinal));
        Assert.DoesNotContain(schema.Objects, item => item.Definition.Contains(source.Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Accounts_are_left_out_where_nobody_asked_for_them()
    {
        await using MySqlTestDatabase database = await MySqlServer.MySql.CreateDatabaseAsync();
        await database.RunScriptAsync("CREATE DEFINER='dr_nobody'@'%' PROCEDURE p() SELECT 1");

        DatabaseSchema schema = await SourceSchema.ReadAsync(database);

        Assert.Equal("dr_nobody@%", Assert.Single(schema.Objects).Owner);
    }

    /// <summary>What SHOW GRANTS says, the database's name put in general terms.</summary>
    private static async Task<string[]> GrantsAsync(MySqlTestDatabase database, string[] accounts)
    {
        string[] names = [database.Name, database.Name.Replace("_", @"\_", StringComparison.Ordinal)];
        var lines = new List<string>();
        await using ServerSession session = await SourceSchema.OpenAsync(database, SessionPurpose.Read);
        foreach (string account in accounts)
        {
            IReadOnlyList<string> grants = await session.QueryAsync($"SHOW GRANTS FOR {account}", row => row.GetString(0), Token);
            lines.AddRange(grants.Select(grant => names.Aggregate(grant, (line, name) => line.Replace($"`{name}`", "`database`", StringComparison.Ordinal))));
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }
}
