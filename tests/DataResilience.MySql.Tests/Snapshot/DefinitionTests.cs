using DataResilience.Providers;
using DataResilience.Testing.Servers;
using MySqlConnector;

namespace DataResilience.MySql.Tests.Snapshot;

[Trait("Category", "Server")]
public class DefinitionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What changes a definition while a backup reads, and a word of what the user is told.</summary>
    public static TheoryData<string, string, string> Changes
    {
        get
        {
            (string Change, string Word)[] changes =
            [
                ("ALTER TABLE things ADD COLUMN more int", "things"),
                ("ALTER TABLE things MODIFY t varchar(200)", "things"),
                ("DROP TABLE things", "things"),
                ("RENAME TABLE things TO others", "things"),
                ("CREATE TABLE fresh (a int)", "fresh"),
                ("CREATE VIEW seen AS SELECT 1 AS one", "seen"),
                ("CREATE OR REPLACE VIEW present AS SELECT 2 AS one", "present"),
                ("CREATE TRIGGER watch BEFORE INSERT ON things FOR EACH ROW SET NEW.t = 'x'", "watch"),
                ("CREATE PROCEDURE work() SELECT 1", "work"),
                ("CREATE EVENT later ON SCHEDULE EVERY 1 YEAR DO SELECT 1", "later"),
            ];
            return new TheoryData<string, string, string>(
                from server in MySqlServer.Versions.Select(row => row.Data)
                from change in changes
                select (server, change.Change, change.Word));
        }
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_of_a_definition_is_found(string server, string change, string word)
    {
        await using MySqlTestDatabase database = await MakeAsync(server);
        await using ISourceSnapshot snapshot = await database.OpenSnapshotAsync(LockMode.None, user: await SimpleUserAsync(database));
        await snapshot.ConfirmAsync(Token);

        await database.ExecuteAsync(change);

        DataResilienceException failure = await Expect.ErrorAsync(Errors.SourceChanged, () => snapshot.ConfirmAsync(Token));
        Assert.Contains($"'{word}'", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TRUNCATE TABLE things")]
    [InlineData("DROP TABLE things")]
    [InlineData("ALTER TABLE things ENGINE = InnoDB")]
    [InlineData("ALTER TABLE things DROP COLUMN t")]
    public async Task A_table_that_was_changed_before_it_was_read_is_named(string change)
    {
        foreach (string server in MySqlServer.Versions.Select(row => row.Data))
        {
            await using MySqlTestDatabase database = await MakeAsync(server);
            TableSchema table = await database.TableAsync("things");
            await using ISourceSnapshot snapshot = await database.OpenSnapshotAsync(LockMode.None, user: await SimpleUserAsync(database));
            await database.ExecuteAsync(change);

            DataResilienceException failure = await Expect.ErrorAsync(Errors.SourceChanged, () => snapshot.ReadBytesAsync(table));

            Assert.Contains("'things'", failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(MySqlServer.Versions), MemberType = typeof(MySqlServer))]
    public async Task A_table_that_was_read_is_let_go(string server)
    {
        await using MySqlTestDatabase database = await MakeAsync(server);
        TableSchema table = await database.TableAsync("things");
        // MySQL's dradmin would keep definitions from being changed; MariaDB lets go of a table only for who may leave the log.
        string? user = database.Server.Engine == DatabaseEngine.MariaDb ? null : await SimpleUserAsync(database);
        await using ISourceSnapshot snapshot = await database.OpenSnapshotAsync(LockMode.None, user: user);
        await snapshot.ReadBytesAsync(table);

        await database.ExecuteAsync("SET SESSION lock_wait_timeout = 5; ALTER TABLE things ADD COLUMN more int");
    }

    [Fact]
    public async Task With_the_right_to_it_changes_of_definitions_wait_for_the_backup_and_rows_do_not()
    {
        await using MySqlTestDatabase database = await MakeAsync(MySqlServer.MySql.Name);
        TableSchema table = await database.TableAsync("things");
        await using (ISourceSnapshot snapshot = await database.OpenSnapshotAsync())
        {
            await Assert.ThrowsAsync<MySqlException>(() => database.ExecuteAsync("SET SESSION lock_wait_timeout = 1; ALTER TABLE things ADD COLUMN more int"));
            await database.ExecuteAsync("INSERT INTO things VALUES (2, 'b')");

            Assert.Equal("1\ta\n", await snapshot.ReadTextAsync(table));
            await snapshot.ConfirmAsync(Token);
        }

        await database.ExecuteAsync("SET SESSION lock_wait_timeout = 5; ALTER TABLE things ADD COLUMN more int");
    }

    private static async Task<MySqlTestDatabase> MakeAsync(string server)
    {
        MySqlTestDatabase database = await MySqlServer.Named(server).CreateDatabaseAsync();
        await database.ExecuteAsync(
            "CREATE TABLE things (id int PRIMARY KEY, t varchar(20)); INSERT INTO things VALUES (1, 'a'); CREATE VIEW present AS SELECT 1 AS one");
        return database;
    }

    private static Task<string> SimpleUserAsync(MySqlTestDatabase database) =>
        database.MakeUserAsync($"SELECT, SHOW VIEW, TRIGGER, EVENT, EXECUTE, CREATE ROUTINE ON {MySqlServer.Quote(database.Name)}.*");
}
