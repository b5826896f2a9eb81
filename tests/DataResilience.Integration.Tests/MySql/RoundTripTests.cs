using DataResilience.Integration.Tests.RoundTrips;
using DataResilience.Testing.Servers;

namespace DataResilience.Integration.Tests.MySql;

/// <summary>A database with every kind of object and every type of column is backed up and restored while a writer commits to it.</summary>
[Collection(PacedTests.Name)]
[Trait("Category", "Server")]
public sealed class RoundTripTests(ITestOutputHelper output)
{
    private const int LeastCommitsInASecond = 200;
    private const int LeastWindows = 6;

    // Between every two tables, so that a backup that reads two of them from different states cannot be lucky.
    private const int CommitsBeforeEachTable = 20;

    private const int BallastRows = 40_000;

    // The first three move on. Of an ARCHIVE table MySQL gives another checksum once its rows have been looked at, and of one with
    // functional indexes another each time; inside JSON, dates and decimals lose their inner type; of a table that is versioned by
    // transactions only the rows of now are kept.
    private static readonly string[] Unequal =
        ["a_child", "m_counter", "z_parent", "archived", "my_keys", "json_kinds", "versioned_by_transaction"];

    public static TheoryData<string, string> Directions => new()
    {
        { "mysql", "mysql" },
        { "mysql84", "mysql84" },
        { "mysql84", "mysql" },
        { "mariadb", "mariadb" },
        { "mariadbnewer", "mariadbnewer" },
        { "mariadb", "mariadbnewer" },
    };

    [Theory]
    [MemberData(nameof(Directions))]
    public async Task Everything_comes_back_as_one_committed_state_while_a_writer_commits_parent_and_child(string from, string to)
    {
        MySqlServer source = MySqlServer.Named(from).Require();
        MySqlServer target = MySqlServer.Named(to).Require();
        await using MySqlTestDatabase database = await MakeDatabaseAsync(source);
        await using MySqlTestDatabase copy = target.NameDatabase("copy");
        ServerFamilyWriter? writer = null;
        long firstTable = 0;
        using var workspace = new Workspace(inner => new WatchedSourceProvider(inner, async table =>
        {
            firstTable = firstTable == 0 ? TimeProvider.System.GetTimestamp() : firstTable;
            await writer!.WaitForAsync(CommitsBeforeEachTable);
            if (table.Name == "z_parent")
            {
                await HoldAsync(writer, firstTable);
            }
        }));
        await workspace.NewRepositoryAsync();

        BackupMeanwhile run;
        await using (writer = ServerFamilyWriter.Start(database))
        {
            run = await BackUpMeanwhileAsync(workspace, writer, database);
        }

        Assert.True(run.Pace.Windows >= LeastWindows, $"The backup was too short to tell: {run.Pace}");
        Assert.True(run.Pace.Slowest >= LeastCommitsInASecond, $"The writer did not keep committing: {run.Pace}");
        await PrepareAccountsAsync(target);
        RestoreResult restored = await workspace.RestoreAsync(run.Backup, copy.Login);

        Assert.True(restored.IsVerified);
        long state = await ServerFamilyWriter.RequireOneStateAsync(copy);
        Assert.InRange(state, run.Before, run.After);
        // Newer versions of MariaDB write INVISIBLE behind a default, and give another checksum of tables with virtual columns.
        string[] unwritten = source == target ? [] : [" INVISIBLE"];
        SchemaText.RequireEqual(
            await SchemaOfAsync(database, target, unwritten), await SchemaOfAsync(copy, target, unwritten));
        await Checksums.RequireEqualAsync(database, copy, source == target ? Unequal : [.. Unequal, "computed", "only_computed"]);
    }

    [Theory]
    [InlineData("mysql")]
    [InlineData("mariadb")]
    public async Task The_same_backup_without_a_snapshot_fails_the_same_check(string name)
    {
        MySqlServer server = MySqlServer.Named(name).Require();
        await using MySqlTestDatabase database = await server.CreateDatabaseAsync("torn");
        await ServerFamilyWriter.MakeTablesAsync(database);
        await using MySqlTestDatabase copy = server.NameDatabase("copy");
        ServerFamilyWriter? writer = null;
        using var workspace = new Workspace(
            inner => new WatchedSourceProvider(new TornSourceProvider(inner), _ => writer!.WaitForAsync(CommitsBeforeEachTable)));
        await workspace.NewRepositoryAsync();
        BackupMeanwhile run;
        await using (writer = ServerFamilyWriter.Start(database))
        {
            run = await BackUpMeanwhileAsync(workspace, writer, database);
        }

        await workspace.RestoreAsync(run.Backup, copy.Login);
        Exception failure = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => ServerFamilyWriter.RequireOneStateAsync(copy));

        output.WriteLine($"Without a snapshot: {failure.Message}");
    }

    private static async Task<MySqlTestDatabase> MakeDatabaseAsync(MySqlServer server)
    {
        MySqlTestDatabase database = await MySqlEveryObject.CreateAsync(server);
        await ServerFamilyWriter.MakeTablesAsync(database);
        // Rows that do not compress, so that a backup has a while to read.
        await database.ExecuteAsync(
            """
            CREATE TABLE ballast(id bigint PRIMARY KEY, b blob);
            INSERT INTO ballast VALUES (0, repeat(unhex(sha2('0', 512)), 25))
            """);
        for (int rows = 1; rows < BallastRows; rows *= 2)
        {
            await database.ExecuteAsync($"INSERT INTO ballast SELECT id + {rows}, repeat(unhex(sha2(id + {rows}, 512)), 25) FROM ballast WHERE id + {rows} < {BallastRows}");
        }

        return database;
    }

    /// <summary>
    /// What the dump program of the target's version says of the schema. The exceptions: MariaDB writes the database's name in front of
    /// sequences, and MySQL names the character set beside a collation as soon as that was given, which its own SHOW CREATE TABLE does.
    /// </summary>
    private static async Task<string> SchemaOfAsync(MySqlTestDatabase database, MySqlServer dumper, IEnumerable<string> unwritten)
    {
        string dump = (await new MySqlClient(database.Server).DumpSchemaAsync(database.Name, dumper.Binaries, TestContext.Current.CancellationToken))
            .Replace(MySqlServer.Quote(database.Name), "`database`", StringComparison.Ordinal)
            .Replace(" CHARACTER SET utf8mb4 COLLATE", " COLLATE", StringComparison.Ordinal);
        return unwritten.Aggregate(dump, (text, word) => text.Replace(word, "", StringComparison.Ordinal));
    }

    /// <summary>Accounts are of the server, not of the database: another server needs them beforehand.</summary>
    private static async Task PrepareAccountsAsync(MySqlServer target)
    {
        MySqlTestDatabase other = await MySqlEveryObject.CreateAsync(target);
        await other.DisposeAsync();
    }

    /// <summary>Where a machine reads faster than others, the snapshot stays open until there are windows enough.</summary>
    private static async Task HoldAsync(ServerFamilyWriter writer, long since)
    {
        while (TimeProvider.System.GetElapsedTime(since).TotalSeconds < LeastWindows * WriterPace.WindowSeconds)
        {
            await writer.WaitForAsync(CommitsBeforeEachTable);
        }
    }

    private async Task<BackupMeanwhile> BackUpMeanwhileAsync(Workspace workspace, ServerFamilyWriter writer, MySqlTestDatabase database)
    {
        await writer.WaitForAsync(200);
        int before = writer.Commits;
        long begin = TimeProvider.System.GetTimestamp();
        // The tests' machines have two processors, and the writer needs its share of them.
        Backup backup = await workspace.RunAsync(
            new BackupDatabaseRequest { Repository = workspace.Repository, Source = database.Login, ThrottleLimit = 2 });
        WriterPace pace = writer.PaceBetween(begin, TimeProvider.System.GetTimestamp());
        output.WriteLine($"While the backup of {backup.Tables} tables with {backup.Rows} rows ran: {pace}.");
        // One may be committed and not yet counted.
        return new BackupMeanwhile(backup, pace, before, writer.Commits + 1);
    }

    /// <param name="Backup">What was stored.</param>
    /// <param name="Pace">How fast the writer was meanwhile.</param>
    /// <param name="Before">How many commits there were before, at least.</param>
    /// <param name="After">How many there were after it, at most.</param>
    private sealed record BackupMeanwhile(Backup Backup, WriterPace Pace, int Before, int After);
}
