using System.Text;
using DataResilience.Providers;
using DataResilience.Testing.Servers;

namespace DataResilience.MySql.Tests.Snapshot;

[Trait("Category", "Server")]
public class RangeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Definitions of a key, and what gives the key of the row with the number n.</summary>
    public static TheoryData<string, string, string> Keys
    {
        get
        {
            (string Definition, string Value)[] keys =
            [
                ("id int PRIMARY KEY", "n"),
                ("id int PRIMARY KEY", "n * 3 - 4000"),
                ("id bigint unsigned PRIMARY KEY", "18446744073709551615 - n * 2"),
                ("id bigint PRIMARY KEY", "n * n * n * 100000000"),
                ("id bigint PRIMARY KEY", "IF(n < 2000, n, 4611686018427387904 + n)"),
                ("a int, b varchar(20), PRIMARY KEY (a, b)", "n % 7, CONCAT('b', n)"),
                ("a datetime(3), b decimal(20,4), c binary(4), PRIMARY KEY (a, b, c)", "DATE_ADD('2020-02-29', INTERVAL (n DIV 100) HOUR), -n / 8, UNHEX(LPAD(HEX(n), 8, '0'))"),
                ("t varchar(60) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci PRIMARY KEY", "CONCAT(ELT(n % 6 + 1, 'a', 'Ä', 'ß', 'B', 'é', 'Z'), CONV(n, 10, 36), 'é', ELT(n % 3 + 1, 'x', 'Y', 'ü'), n)"),
                ("t varchar(60) CHARACTER SET latin1 PRIMARY KEY", "CONCAT(ELT(n % 3 + 1, 'a', 'Ä', 'é'), n)"),
                ("t binary(16) PRIMARY KEY", "UNHEX(LEFT(SHA2(n, 256), 32))"),
                ("t varbinary(40) PRIMARY KEY", "UNHEX(LEFT(SHA2(n, 256), 8 + 2 * (n % 20)))"),
                ("d datetime(6) PRIMARY KEY", "DATE_ADD('1999-12-31 23:59:59.999999', INTERVAL n * 1001 MICROSECOND)"),
                ("d timestamp(2) PRIMARY KEY", "FROM_UNIXTIME(1000000000 + n / 100)"),
                ("d time(6) PRIMARY KEY", "SEC_TO_TIME((n - 2000) / 10)"),
                ("d decimal(40,10) PRIMARY KEY", "(n - 2000) * 12345678901234567.89"),
                ("d double PRIMARY KEY", "(n - 2000) / 7"),
                ("e enum('a','c','b'), n int, PRIMARY KEY (e, n)", "ELT(n % 3 + 1, 'a', 'b', 'c'), n"),
            ];
            return new TheoryData<string, string, string>(
                from server in new[] { MySqlServer.MariaDb.Name, MySqlServer.MySql.Name }
                from key in keys
                select (server, key.Definition, key.Value));
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Ranges_give_every_row_once_in_order_and_stay_put(string server, string definition, string value)
    {
        await using MySqlTestDatabase database = await MySqlServer.Named(server).CreateDatabaseAsync();
        await database.ExecuteAsync(
            $"""
            SET sql_mode = '', time_zone = '+00:00';
            CREATE TABLE digits (d int); INSERT INTO digits VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9);
            CREATE TABLE wide (filler varchar(400) CHARACTER SET latin1 NOT NULL, {definition});
            INSERT INTO wide SELECT REPEAT('x', 400), {value} FROM
                (SELECT a.d + b.d * 10 + c.d * 100 + d.d * 1000 AS n FROM digits a, digits b, digits c, digits d WHERE d.d < 4) AS numbers;
            ANALYZE TABLE wide
            """);
        TableSchema table = await database.TableAsync("wide");
        TableSchema keyOnly = table with { Columns = [.. table.Columns.Where(column => column.Name != "filler")] };

        await using ISourceSnapshot snapshot = await database.OpenSnapshotAsync(rangeBytes: 1 << 18);
        IReadOnlyList<RowRange> ranges = await snapshot.PlanRangesAsync(keyOnly, Token);
        var text = new StringBuilder();
        foreach (RowRange range in ranges)
        {
            text.Append(await snapshot.ReadTextAsync(keyOnly, range));
        }

        string whole = await snapshot.ReadTextAsync(keyOnly);
        Assert.Equal(4000, whole.Count(letter => letter == '\n'));
        Assert.Equal(whole, text.ToString());
        Assert.Equal(definition.StartsWith("e enum", StringComparison.Ordinal) ? 1 : 0, ranges.Count == 1 ? 1 : 0);
    }
}
