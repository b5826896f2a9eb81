using System.Globalization;
using DataResilience.Integration.Tests.Scale;
using DataResilience.Testing.Servers;

namespace DataResilience.Integration.Tests.PostgreSql;

/// <summary>A table of five million rows: shared by four readers and four loaders, within stated memory.</summary>
[Collection(ServerTests.Name)]
[Trait("Category", "Server")]
[Trait("Category", "Slow")]
public sealed class LargeTableTests(ITestOutputHelper output)
{
    private const long Rows = 5_000_000;
    private const int Workers = 4;
    private const double LeastShare = 0.15;
    private const long MostMemory = 250_000_000;

    [Fact]
    public async Task Four_workers_share_one_table_and_the_processes_stay_within_250_megabytes()
    {
        PostgreSqlServer server = PostgreSqlServer.Release.Require();
        await using TestDatabase database = await MakeAsync(server);
        await using TestDatabase copy = server.NameDatabase("large_copy");
        await RequireSharesAsync(database);
        if (ConsoleRun.Obstacle is { } reason)
        {
            Assert.Skip(reason);
        }

        using var workspace = new Workspace();
        await workspace.NewRepositoryAsync();
        long bytes = await database.ScalarAsync<long>("SELECT pg_table_size('public.large')");
        string parallel = Workers.ToString(CultureInfo.InvariantCulture);
        ConsoleRun backup = await ConsoleRun.RunAsync(workspace, "backup", database.Endpoint.ToString(), "--parallel", parallel);
        ConsoleRun restore = await ConsoleRun.RunAsync(workspace, "restore", copy.Endpoint.ToString(), "--backup", "latest", "--parallel", parallel);
        long dump = await PeakOfDumpAsync(database, workspace);

        output.WriteLine(backup.Cost.Describe("Backup", bytes));
        output.WriteLine(restore.Cost.Describe("Restore", bytes));
        output.WriteLine($"pg_dump of the schema alone: peak {dump / 1e6:0} MB");
        Assert.Equal(Rows, backup.Number("Rows"));
        Assert.True(restore.Result.GetProperty("IsVerified").GetBoolean());
        Assert.Equal(Rows, await copy.ScalarAsync<long>("SELECT count(*) FROM public.large"));
        Assert.InRange(backup.Cost.PeakBytes + dump, 1, MostMemory);
        Assert.InRange(restore.Cost.PeakBytes, 1, MostMemory);
    }

    private async Task RequireSharesAsync(TestDatabase database)
    {
        long sessions = 0;
        var shares = new ReaderShares
        {
            When = (Workers, async () => sessions = await database.ScalarAsync<long>(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY %' AND state = 'active'")),
        };
        using var workspace = new Workspace(shares.Around);
        await workspace.NewRepositoryAsync();
        await workspace.RunAsync(new BackupDatabaseRequest { Repository = workspace.Repository, Source = database.Endpoint, ThrottleLimit = Workers });

        output.WriteLine($"Rows by worker: {string.Join(", ", shares.Rows)}; {shares.MostAtOnce} at once in {sessions} sessions.");
        Assert.Equal(Workers, shares.MostAtOnce);
        Assert.Equal(Workers, sessions);
        Assert.Equal(Rows, shares.Rows.Sum());
        Assert.All(shares.Rows, rows => Assert.InRange(rows, (long)(Rows * LeastShare), Rows));
        string[] ranges = [.. shares.Ranges.SelectMany(range => range)];
        Assert.Equal(ranges.Length, ranges.Distinct(StringComparer.Ordinal).Count());
    }

    private static async Task<TestDatabase> MakeAsync(PostgreSqlServer server)
    {
        TestDatabase database = await server.CreateDatabaseAsync("large");
        await database.ExecuteAsync(
            $"""
            CREATE TABLE public.large(id bigint NOT NULL, name text NOT NULL, made timestamptz NOT NULL, note text);
            INSERT INTO public.large SELECT i, md5(i::text), timestamptz '2020-01-01' + i * interval '1 second', 'note ' || md5((i * 7)::text) || md5((i * 11)::text)
                FROM generate_series(1, {Rows}) i;
            ALTER TABLE public.large ADD PRIMARY KEY (id)
            """);
        return database;
    }

    /// <summary>It runs beside the backup, so its peak counts on top, as if both came at once.</summary>
    private static async Task<long> PeakOfDumpAsync(TestDatabase database, Workspace workspace)
    {
        string dump = Path.Combine(database.Server.Binaries, "pg_dump");
        (_, ProcessCost cost) = await ProcessCost.MeasureAsync(
            workspace, dump, "--schema-only", "--format=custom", "--dbname", database.Endpoint.ToString(), "--file", workspace.PathOf("schema.dump"));
        return cost.PeakBytes;
    }
}
