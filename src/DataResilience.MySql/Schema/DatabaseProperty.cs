using System.Globalization;
using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>What the database has as a whole.</summary>
internal static class DatabaseProperty
{
    internal const string ServerVersion = "server_version";

    /// <summary>The family of the server: <c>MySQL</c> or <c>MariaDB</c>.</summary>
    internal const string Flavour = "flavour";

    internal const string CharacterSet = "character_set";
    internal const string Collation = "collation";

    /// <summary>Of MariaDB.</summary>
    internal const string Comment = "comment";

    /// <summary>Whether new tables are encrypted, <c>YES</c> or <c>NO</c>, of MySQL.</summary>
    internal const string Encryption = "default_encryption";

    /// <summary>What else ALTER DATABASE sets, for example <c>READ ONLY=1</c>, of MySQL.</summary>
    internal const string Options = "options";

    /// <summary>How the server compares names of tables.</summary>
    internal const string LowerCaseTableNames = "lower_case_table_names";

    internal static async Task<Dictionary<string, string>> ReadAsync(ServerSession session, string database, CancellationToken cancellationToken)
    {
        string schema = SqlText.Value(database);
        var properties = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [ServerVersion] = session.Version.Text,
            [Flavour] = session.Version.IsMariaDb ? "MariaDB" : "MySQL",
        };
        await AddAsync(
            session,
            properties,
            [(CharacterSet, "DEFAULT_CHARACTER_SET_NAME"), (Collation, "DEFAULT_COLLATION_NAME"), (Comment, "SCHEMA_COMMENT"), (Encryption, "DEFAULT_ENCRYPTION")],
            $"SELECT * FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = {schema}",
            cancellationToken);
        await AddAsync(session, properties, [(LowerCaseTableNames, LowerCaseTableNames)], "SELECT @@lower_case_table_names AS lower_case_table_names", cancellationToken);
        if (session.Version.IsMySqlSince(8, 0, 22))
        {
            await AddAsync(
                session, properties, [(Options, "OPTIONS")], $"SELECT * FROM information_schema.SCHEMATA_EXTENSIONS WHERE SCHEMA_NAME = {schema}", cancellationToken);
        }

        return properties;
    }

    private static async Task AddAsync(
        ServerSession session, Dictionary<string, string> properties, (string Property, string Column)[] names, string query, CancellationToken cancellationToken)
    {
        IReadOnlyList<string?[]> rows = await session.QueryAsync(query, row => Values(row, names), cancellationToken);
        foreach ((string property, string? value) in names.Select(name => name.Property).Zip(rows.Count == 0 ? [] : rows[0]))
        {
            if (!string.IsNullOrEmpty(value))
            {
                properties[property] = value;
            }
        }
    }

    private static string?[] Values(MySqlDataReader row, (string Property, string Column)[] names)
    {
        var byColumn = Enumerable.Range(0, row.FieldCount).ToDictionary(
            row.GetName, i => row.IsDBNull(i) ? null : Convert.ToString(row.GetValue(i), CultureInfo.InvariantCulture), StringComparer.OrdinalIgnoreCase);
        return [.. names.Select(name => byColumn.GetValueOrDefault(name.Column))];
    }
}
