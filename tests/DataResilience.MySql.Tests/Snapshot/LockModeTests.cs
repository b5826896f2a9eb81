using DataResilience.Providers;
using DataResilience.Testing.Servers;

namespace DataResilience.MySql.Tests.Snapshot;

[Trait("Category", "Server")]
public class LockModeTests
{
    public static TheoryData<string, LockMode> Ways => new(
        from server in MySqlServer.Versions.Select(row => row.Data)
        from mode in Enum.GetValues<LockMode>()
        where mode != LockMode.BackupStage || server.StartsWith("mariadb", StringComparison.Ordinal)
        select (server, mode));

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Every_way_gives_one_state_and_leaves_no_lock(string server, LockMode mode)
    {
        await using MySqlTestDatabase database = await MySqlServer.Named(server).CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE things (id int PRIMARY KEY, t varchar(20)); INSERT INTO things VALUES (1, 'a'), (2, 'tab\t'), (3, NULL)");
        TableSchema table = await database.TableAsync("things");
        await using ISourceSnapshot snapshot = await database.OpenSnapshotAsync(mode, readers: 3);
        await database.ExecuteAsync("INSERT INTO things VALUES (4, 'later')");

        string text = await snapshot.ReadTextAsync(table);

        Assert.Equal("1\ta\n2\ttab\\t\n3\t\\N\n", text);
        Assert.NotEmpty(snapshot.Description.RecoveryPosition);
        Assert.NotEmpty(snapshot.Description.Consistency);
        await snapshot.ConfirmAsync(TestContext.Current.CancellationToken);
    }
}
