using System.Text;
using DataResilience.MySql.Tests.Snapshot;
using DataResilience.Providers;
using DataResilience.Testing.Servers;
using MySqlConnector;

namespace DataResilience.MySql.Tests.Rows;

/// <summary>What is read of a column is loaded again by the server itself and read as the same bytes; and the server finds both tables equal.</summary>
[Trait("Category", "Server")]
public class ColumnTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A type, values of it, and an expression that tells values apart better than their bytes.</summary>
    public static TheoryData<string, string, string, string> Columns
    {
        get
        {
            const string All = "";
            const string MySql = "mysql";
            const string MariaDb = "mariadb";
            const string Mixed = "'a', '', ' lead', 'trail ', 'tab\\t nl\\n cr\\r nul\\0 back\\\\ quote'' end', 'ä', '€'";
            (string Server, string Type, string Values, string Proof)[] columns =
            [
                (All, "bigint unsigned", "0, 1, 18446744073709551615", "c"),
                (All, "bigint", "-9223372036854775808, 9223372036854775807", "c"),
                (All, "tinyint(1)", "-128, 0, 1, 127", "c"),
                (All, "int(8) unsigned zerofill", "7, 4294967295", "c + 0"),
                (All, "float", "0.1, 3.4028234663852886e38, 1.401298464324817e-45, 16777216, -0.33333334, 1e10, 123456.789, 0", "CAST(c AS DOUBLE)"),
                (All, "double", "0.1, 1.7976931348623157e308, 2.2250738585072014e-308, 5e-324, -0.1e0 - 0.2e0, 1e15 + 0.3e0", "c"),
                (All, "decimal(65,30)", "99999999999999999999999999999999999.999999999999999999999999999999, -0.000000000000000000000000000001, 0", "c"),
                (All, "bit(1)", "b'0', b'1'", "c + 0"),
                (All, "bit(10)", "b'0', b'1001010010', b'1111111111'", "c + 0"),
                (All, "bit(64)", "0, 18446744073709551615, 0x0a095c00270d0a5c", "c + 0"),
                (All, "year", "0, 1901, 2155, 2000", "c"),
                (All, "date", "'0000-00-00', '2024-00-00', '2024-02-00', '1000-01-01', '9999-12-31'", "CAST(c AS CHAR)"),
                (All, "time(6)", "'-838:59:59.000000', '838:59:59.000000', '-00:00:00.000001', '12:34:56.789012'", "CAST(c AS CHAR)"),
                (All, "datetime(6)", "'0000-00-00 00:00:00', '2024-00-00 10:11:12.000001', '9999-12-31 23:59:59.999999'", "CAST(c AS CHAR)"),
                (All, "timestamp(6) NULL", "'0000-00-00 00:00:00', '1970-01-01 00:00:01', '2038-01-19 03:14:07.999999', '2024-03-31 01:30:00'", "CAST(c AS CHAR)"),
                (All, "enum('a','b''c','tab\\t','ä')", "'a', 'b''c', 'tab\\t', 'ä', 0", "c + 0"),
                (All, "enum('a','','b')", "'a', '', 'b', 0", "c + 0"),
                (All, "set('a','b','cd')", "'', 'a', 'a,b', 5", "c + 0"),
                (All, "varchar(50) CHARACTER SET latin1", Mixed, "HEX(c)"),
                (All, "varchar(50) CHARACTER SET utf8mb4", $"{Mixed}, '🙂', '数据'", "HEX(c)"),
                (All, "varchar(50) CHARACTER SET utf16", $"{Mixed}, '🙂', '数据', 'ऊ'", "HEX(c)"),
                (All, "varchar(50) CHARACTER SET utf32", $"{Mixed}, '🙂'", "HEX(c)"),
                (All, "varchar(50) CHARACTER SET gbk", "'a', '数据', 'tab\\t\\n\\\\x', UNHEX('815C'), UNHEX('875C'), UNHEX('D55C')", "HEX(c)"),
                (All, "varchar(50) CHARACTER SET sjis", "'a', '表示', UNHEX('955C'), UNHEX('835C'), 'nl\\n'", "HEX(c)"),
                (All, "char(20) CHARACTER SET utf8mb4", "'a', ' b', '', 'ä'", "HEX(c)"),
                (All, "text CHARACTER SET ucs2", Mixed, "HEX(c)"),
                (All, "longtext", $"{Mixed}, REPEAT('x\\t', 3000000)", "HEX(c)"),
                (All, "binary(5)", "'a', UNHEX('00090A5C27'), ''", "HEX(c)"),
                (All, "varbinary(300)", "'', UNHEX('00'), UNHEX('5C4E'), UNHEX('5C'), UNHEX('0A'), UNHEX('EFBBBF')", "HEX(c)"),
                (All, "tinyblob", "UNHEX('00FF')", "HEX(c)"),
                (All, "mediumblob", "REPEAT(UNHEX('00010203040506070809'), 150000), UNHEX('5C4E0A')", "HEX(c)"),
                (All, "longblob", "REPEAT(UNHEX('00090A5C'), 700000), ''", "HEX(c)"),
                (All, "geometry", "ST_GeomFromText('POINT(1 2)', 0), ST_GeomFromText('LINESTRING(0 0, 1.5 2.25)', 4326), ST_GeomFromText('POLYGON((0 0,0 1,1 1,0 0))')", "CONCAT(HEX(c), ST_SRID(c))"),
                (MySql, "json", "'{\"a\": [1, 2.50, \"t\\\\n\", null, true], \"ä\": \"🙂\"}', 'null', '\"x\"', '12345678901234567890', '1e300', '[]'", "CAST(c AS CHAR)"),
                (MariaDb, "json", "'{\"a\" :  [1]}', 'null'", "HEX(c)"),
                (MySqlServer.MySql.Name, "vector(4)", "STRING_TO_VECTOR('[1,2.5,-3,1e-10]'), STRING_TO_VECTOR('[0]')", "HEX(c)"),
                (MySqlServer.MariaDbNewer.Name, "vector(3)", "VEC_FromText('[1,2.5,-3]')", "HEX(c)"),
                (MariaDb, "uuid", "'00000000-0000-0000-0000-000000000000', '123e4567-e89b-12d3-a456-426655440000'", "CAST(c AS CHAR)"),
                (MariaDb, "inet6", "'::', '2001:db8::ff00:42:8329', '::ffff:192.0.2.128'", "CAST(c AS CHAR)"),
                (MariaDb, "inet4", "'0.0.0.0', '192.0.2.128'", "CAST(c AS CHAR)"),
            ];
            return new TheoryData<string, string, string, string>(
                from server in MySqlServer.Versions.Select(row => row.Data)
                from column in columns
                where server.StartsWith(column.Server, StringComparison.Ordinal)
                    && (column.Server != MySqlServer.MySql.Name || column.Type[0] != 'v' || server == MySqlServer.MySql.Name)
                select (server, column.Type, column.Values, column.Proof));
        }
    }

    [Theory]
    [MemberData(nameof(Columns))]
    public async Task Bytes_that_are_read_are_loaded_as_the_same_value(string server, string type, string values, string proof)
    {
        await using MySqlTestDatabase database = await MySqlServer.Named(server).CreateDatabaseAsync();
        await database.ExecuteAsync(
            $"""
            SET NAMES utf8mb4, SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO', SESSION time_zone = '+00:00';
            CREATE TABLE source (n int PRIMARY KEY AUTO_INCREMENT, c {type});
            INSERT IGNORE INTO source (c) VALUES {string.Join(", ", Split(values).Select(value => $"({value})"))}, (NULL);
            CREATE TABLE copy LIKE source
            """);
        TableSchema table = await database.TableAsync("source");
        await using ISourceSnapshot snapshot = await database.OpenSnapshotAsync();
        byte[] bytes = await snapshot.ReadBytesAsync(table);

        await LoadAsync(database, table, bytes);

        await using ISourceSnapshot again = await database.OpenSnapshotAsync();
        Assert.Equal(bytes, await again.ReadBytesAsync(table with { Name = "copy" }));
        Assert.Equal(Split(values).Count + 1, await database.ScalarAsync<long>(
            $"SET SESSION sql_mode = ''; SELECT COUNT(*) FROM (SELECT n, {proof} AS p FROM source) s JOIN (SELECT n, {proof} AS p FROM copy) t ON s.n = t.n AND s.p <=> t.p"));
        Assert.Equal(0L, await database.ScalarAsync<long>($"SELECT COUNT(*) FROM source WHERE c IS NULL AND n <= {Split(values).Count}"));
    }

    private static async Task LoadAsync(MySqlTestDatabase database, TableSchema table, byte[] rows)
    {
        MySqlConnectionStringBuilder settings = database.Server.Settings(database.Name);
        settings.AllowLoadLocalInfile = true;
        await using MySqlConnection connection = await MySqlServer.OpenAsync(settings);
        await using var command = new MySqlCommand("SET NAMES utf8mb4, SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO', SESSION time_zone = '+00:00'", connection);
        await command.ExecuteNonQueryAsync(Token);
        var loader = new MySqlBulkLoader(connection)
        {
            TableName = "copy",
            CharacterSet = "binary",
            FieldTerminator = "\t",
            LineTerminator = "\n",
            EscapeCharacter = '\\',
            FieldQuotationCharacter = '\0',
            Local = true,
            SourceStream = new MemoryStream(rows),
        };
        foreach (ColumnSchema column in table.Columns)
        {
            string? load = ColumnEncoding.Load(column, "@v");
            loader.Columns.Add(load is null ? column.Name : "@v");
            if (load is not null)
            {
                loader.Expressions.Add($"{column.Name} = {load}");
            }
        }

        Assert.Equal(Encoding.Latin1.GetString(rows).Count(letter => letter == '\n'), await loader.LoadAsync(Token));
    }

    /// <summary>Parts at commas outside quotes and parentheses.</summary>
    private static List<string> Split(string values)
    {
        var parts = new List<string>();
        (int start, int depth, bool isQuoted) = (0, 0, false);
        for (int at = 0; at < values.Length; at++)
        {
            isQuoted ^= values[at] == '\'' && (at == 0 || values[at - 1] != '\\');
            depth += isQuoted ? 0 : values[at] == '(' ? 1 : values[at] == ')' ? -1 : 0;
            if (values[at] == ',' && depth == 0 && !isQuoted)
            {
                parts.Add(values[start..at]);
                start = at + 1;
            }
        }

        return [.. parts, values[start..]];
    }
}
