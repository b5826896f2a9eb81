using DataResilience.Integration.Tests.RoundTrips;
using DataResilience.Testing.Servers;
using EveryObject = DataResilience.Testing.Servers.EveryObject;

namespace DataResilience.Integration.Tests.PostgreSql;

/// <summary>A database with every kind of object is backed up and restored while a writer commits to it.</summary>
[Collection(PacedTests.Name)]
[Trait("Category", "Server")]
public sealed class RoundTripTests(ITestOutputHelper output)
{
    private const int LeastCommitsInASecond = 200;
    private const int LeastWindows = 6;

    // Between every two tables, so that a backup that reads two of them from different states cannot be lucky.
    private const int CommitsBeforeEachTable = 20;

    private const int BallastRows = 40_000;

    public static TheoryData<string, string> Directions => new() { { "release", "release" }, { "newer", "newer" }, { "release", "newer" } };

    [Theory]
    [MemberData(nameof(Directions))]
    public async Task Everything_comes_back_as_one_committed_state_while_a_writer_commits_parent_and_child(string from, string to)
    {
        PostgreSqlServer source = PostgreSqlServer.Named(from).Require();
        PostgreSqlServer target = PostgreSqlServer.Named(to).Require();
        await using TestDatabase database = await MakeDatabaseAsync(source);
        await using TestDatabase copy = target.NameDatabase("copy");
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
        await PrepareRolesAsync(target);
        RestoreResult restored = await workspace.RestoreAsync(run.Backup, copy.Endpoint);

        Assert.True(restored.IsVerified);
        long state = await ServerFamilyWriter.RequireOneStateAsync(copy);
        Assert.InRange(state, run.Before, run.After);
        SchemaText.RequireEqual(await ExpectedSchemaAsync(database, target), await copy.PgDumpSchemaAsync(target.Binaries));
        await RequireEqualRowsAsync(database, copy);
    }

    [Fact]
    public async Task The_same_backup_without_a_snapshot_fails_the_same_check()
    {
        PostgreSqlServer server = PostgreSqlServer.Release.Require();
        await using TestDatabase database = await server.CreateDatabaseAsync("torn");
        await ServerFamilyWriter.MakeTablesAsync(database);
        await using TestDatabase copy = server.NameDatabase("copy");
        ServerFamilyWriter? writer = null;
        using var workspace = new Workspace(
            inner => new WatchedSourceProvider(new TornSourceProvider(inner), _ => writer!.WaitForAsync(CommitsBeforeEachTable)));
        await workspace.NewRepositoryAsync();
        BackupMeanwhile run;
        await using (writer = ServerFamilyWriter.Start(database))
        {
            run = await BackUpMeanwhileAsync(workspace, writer, database);
        }

        await workspace.RestoreAsync(run.Backup, copy.Endpoint);
        Exception failure = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => ServerFamilyWriter.RequireOneStateAsync(copy));

        output.WriteLine($"Without a snapshot: {failure.Message}");
    }

    private static async Task<TestDatabase> MakeDatabaseAsync(PostgreSqlServer server)
    {
        TestDatabase database = await EveryObject.CreateAsync(server);
        await ServerFamilyWriter.MakeTablesAsync(database);
        // Rows that do not compress, so that a backup has a while to read.
        await database.ExecuteAsync(
            $"""
            CREATE TABLE public.ballast(id bigint PRIMARY KEY, b bytea);
            ALTER TABLE public.ballast ALTER b SET STORAGE EXTERNAL;
            INSERT INTO public.ballast SELECT i, decode(string_agg(md5(i::text || j), ''), 'hex')
                FROM generate_series(1, {BallastRows}) i, generate_series(1, 100) j GROUP BY i
            """);
        return database;
    }

    /// <summary>
    /// A newer server writes views in words of its own: then what PostgreSQL's own dump makes there is what is expected, and the one
    /// exception there is.
    /// </summary>
    private static async Task<string> ExpectedSchemaAsync(TestDatabase database, PostgreSqlServer target)
    {
        if (database.Server == target)
        {
            return await database.PgDumpSchemaAsync(target.Binaries);
        }

        await using TestDatabase reference = await target.CreateDatabaseAsync("reference", "TEMPLATE template0");
        await reference.RunScriptAsync(await database.PgDumpSchemaAsync(target.Binaries));
        return await reference.PgDumpSchemaAsync(target.Binaries);
    }

    /// <summary>Where a machine reads faster than others, the snapshot stays open until there are windows enough.</summary>
    private static async Task HoldAsync(ServerFamilyWriter writer, long since)
    {
        while (TimeProvider.System.GetElapsedTime(since).TotalSeconds < LeastWindows * WriterPace.WindowSeconds)
        {
            await writer.WaitForAsync(CommitsBeforeEachTable);
        }
    }

    /// <summary>Roles are of the server, not of the database: another server needs them beforehand.</summary>
    private static async Task PrepareRolesAsync(PostgreSqlServer target)
    {
        TestDatabase other = await EveryObject.CreateAsync(target);
        await other.DisposeAsync();
    }

    private async Task<BackupMeanwhile> BackUpMeanwhileAsync(Workspace workspace, ServerFamilyWriter writer, TestDatabase database)
    {
        await writer.WaitForAsync(200);
        int before = writer.Commits;
        long begin = TimeProvider.System.GetTimestamp();
        // The tests' machines have two processors, and the writer needs its share of them.
        Backup backup = await workspace.RunAsync(
            new BackupDatabaseRequest { Repository = workspace.Repository, Source = database.Endpoint, ThrottleLimit = 2 });
        WriterPace pace = writer.PaceBetween(begin, TimeProvider.System.GetTimestamp());
        output.WriteLine($"While the backup of {backup.Tables} tables with {backup.Rows} rows ran: {pace}.");
        // One may be committed and not yet counted.
        return new BackupMeanwhile(backup, pace, before, writer.Commits + 1);
    }

    /// <summary>The restore proves digests; this compares once more, by the server alone.</summary>
    private static async Task RequireEqualRowsAsync(TestDatabase source, TestDatabase copy)
    {
        const string Tables = """
            SELECT string_agg(format('%I.%I', n.nspname, c.relname), chr(1) ORDER BY n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'm') AND c.relispopulated AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_toast%'
              AND c.relname NOT IN ('a_child', 'm_counter', 'z_parent')
            """;
        string[] tables = (await source.ScalarAsync<string>(Tables)).Split('\u0001');
        Assert.True(tables.Length > 20, $"There are {tables.Length} tables.");
        Assert.Equal(tables, (await copy.ScalarAsync<string>(Tables)).Split('\u0001'));
        foreach (string table in tables)
        {
            string sum = $"SELECT count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) FROM ONLY {table} t";
            Assert.Equal($"{table} {await source.ScalarAsync<string>(sum)}", $"{table} {await copy.ScalarAsync<string>(sum)}");
        }
    }

    /// <param name="Backup">What was stored.</param>
    /// <param name="Pace">How fast the writer was meanwhile.</param>
    /// <param name="Before">How many commits there were before, at least.</param>
    /// <param name="After">How many there were after it, at most.</param>
    private sealed record BackupMeanwhile(Backup Backup, WriterPace Pace, int Before, int After);
}
