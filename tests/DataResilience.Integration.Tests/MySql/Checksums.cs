using System.Text;
using DataResilience.Testing.Servers;
using MySqlConnector;

namespace DataResilience.Integration.Tests.MySql;

/// <summary>What the server itself says of the rows of two databases.</summary>
internal static class Checksums
{
    /// <summary>Fails unless both have the same tables, each with the same checksum.</summary>
    /// <param name="source">One.</param>
    /// <param name="copy">The other.</param>
    /// <param name="except">Tables that are left out.</param>
    internal static async Task RequireEqualAsync(MySqlTestDatabase source, MySqlTestDatabase copy, params string[] except) =>
        Assert.Equal(await ReadAsync(source, except), await ReadAsync(copy, except));

    /// <summary>The checksums of all tables, as the server computes them over every row.</summary>
    internal static async Task<string> ReadAsync(MySqlTestDatabase database, params string[] except)
    {
        string[] tables = (await database.ScalarAsync<string>(
            $"""
            SET SESSION group_concat_max_len = 10000000;
            SELECT CAST(group_concat(hex(table_name) ORDER BY table_name) AS char) FROM information_schema.tables
            WHERE table_schema = DATABASE() AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')
            """)).Split(',');
        Assert.NotEmpty(tables);
        var text = new StringBuilder();
        await using MySqlConnection connection = await database.OpenConnectionAsync();
        foreach (string table in tables.Select(name => Encoding.UTF8.GetString(Convert.FromHexString(name))).Except(except, StringComparer.Ordinal))
        {
            await using var command = new MySqlCommand($"CHECKSUM TABLE {MySqlServer.Quote(table)} EXTENDED", connection);
            await using MySqlDataReader reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
            text.Append(table).Append(' ').Append(reader.IsDBNull(1) ? "none" : reader.GetValue(1)).Append('\n');
        }

        return text.ToString();
    }
}
