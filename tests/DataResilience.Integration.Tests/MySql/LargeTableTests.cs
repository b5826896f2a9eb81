using System.Globalization;
using DataResilience.Integration.Tests.Scale;
using DataResilience.Testing.Servers;

namespace DataResilience.Integration.Tests.MySql;

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

    [Theory]
    [InlineData("mysql")]
    [InlineData("mariadb")]
    public async Task Four_workers_share_one_table_and_the_process_stays_within_250_megabytes(string server)
    {
        await using MySqlTestDatabase database = await MakeAsync(MySqlServer.Named(server).Require());
        await using MySqlTestDatabase copy = database.Server.NameDatabase("large_copy");
        await RequireSharesAsync(database);
        if (ConsoleRun.Obstacle is { } reason)
        {
            Assert.Skip(reason);
        }

        using var workspace = new Workspace { Environment = { ["MYSQL_PWD"] = database.Server.Password } };
        await workspace.NewRepositoryAsync();
        long bytes = await database.ScalarAsync<long>("SELECT CAST(data_length AS signed) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'large'");
        string parallel = Workers.ToString(CultureInfo.InvariantCulture);
        ConsoleRun backup = await ConsoleRun.RunAsync(workspace, "backup", database.Endpoint.ToString(), "--parallel", parallel);
        ConsoleRun restore = await ConsoleRun.RunAsync(workspace, "restore", copy.Endpoint.ToString(), "--backup", "latest", "--parallel", parallel);

        output.WriteLine(backup.Cost.Describe("Backup", bytes));
        output.WriteLine(restore.Cost.Describe("Restore", bytes));
        Assert.Equal(Rows, backup.Number("Rows"));
        Assert.True(restore.Result.GetProperty("IsVerified").GetBoolean());
        Assert.Equal(Rows, await copy.ScalarAsync<long>("SELECT count(*) FROM large"));
        Assert.InRange(backup.Cost.PeakBytes, 1, MostMemory);
        Assert.InRange(restore.Cost.PeakBytes, 1, MostMemory);
    }

    private async Task RequireSharesAsync(MySqlTestDatabase database)
    {
        long sessions = 0;
        var shares = new ReaderShares
        {
            When = (Workers, async () => sessions = await database.ScalarAsync<long>(
                $"SELECT count(*) FROM information_schema.processlist WHERE db = '{database.Name}' AND info LIKE 'SELECT%large%' AND id <> CONNECTION_ID()")),
        };
        using var workspace = new Workspace(shares.Around);
        await workspace.NewRepositoryAsync();
        await workspace.RunAsync(new BackupDatabaseRequest { Repository = workspace.Repository, Source = database.Login, ThrottleLimit = Workers });

        output.WriteLine($"Rows by worker: {string.Join(", ", shares.Rows)}; {shares.MostAtOnce} at once in {sessions} sessions.");
        Assert.Equal(Workers, shares.MostAtOnce);
        Assert.Equal(Workers, sessions);
        Assert.Equal(Rows, shares.Rows.Sum());
        Assert.All(shares.Rows, rows => Assert.InRange(rows, (long)(Rows * LeastShare), Rows));
        string[] ranges = [.. shares.Ranges.SelectMany(range => range)];
        Assert.Equal(ranges.Length, ranges.Distinct(StringComparer.Ordinal).Count());
    }

    private static async Task<MySqlTestDatabase> MakeAsync(MySqlServer server)
    {
        MySqlTestDatabase database = await server.CreateDatabaseAsync("large");
        // Doubling is the one way of making many rows that every version has, and has no limit.
        await database.ExecuteAsync(
            """
            CREATE TABLE seed(i bigint PRIMARY KEY);
            INSERT INTO seed VALUES (0);
            """);
        for (long rows = 1; rows < Rows; rows *= 2)
        {
            await database.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"INSERT INTO seed SELECT i + {rows} FROM seed WHERE i + {rows} < {Rows}"));
        }

        await database.ExecuteAsync(
            """
            CREATE TABLE large(id bigint NOT NULL PRIMARY KEY, name varchar(32) NOT NULL, made datetime NOT NULL, note varchar(100));
            INSERT INTO large SELECT i, md5(i), timestamp '2020-01-01 00:00:00' + interval i second, CONCAT('note ', md5(i * 7), md5(i * 11)) FROM seed;
            DROP TABLE seed;
            ANALYZE TABLE large
            """);
        return database;
    }
}
