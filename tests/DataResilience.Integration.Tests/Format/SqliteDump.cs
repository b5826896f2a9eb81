using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace DataResilience.Integration.Tests.Format;

/// <summary>A database as SQL: schema and rows in an order of their own, every value with its storage class and every byte of it.</summary>
internal sealed class SqliteDump : IDisposable
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly SqliteConnection connection;

    internal SqliteDump(string path)
    {
        connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
    }

    internal static string Of(string path)
    {
        using var dump = new SqliteDump(path);
        return dump.ToText();
    }

    internal static void Execute(string path, params IEnumerable<string> statements)
    {
        using var dump = new SqliteDump(path);
        foreach (string statement in statements)
        {
            using SqliteCommand command = dump.connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Rows of a table as lists of literals: the columns that are named.</summary>
    internal IEnumerable<string[]> Rows(string table, IReadOnlyList<string> columns)
    {
        string list = string.Join(", ", columns.Select(column => $"typeof({Quote(column)}), CASE typeof({Quote(column)}) WHEN 'text' THEN CAST({Quote(column)} AS BLOB) ELSE {Quote(column)} END"));
        foreach (object[] row in Query($"SELECT {list} FROM {Quote(table)} ORDER BY {string.Join(", ", columns.Select(Quote))}"))
        {
            yield return [.. Enumerable.Range(0, columns.Count).Select(i => Literal((string)row[2 * i], row[(2 * i) + 1]))];
        }
    }

    /// <summary>A value as SQL writes it; a text that is not valid, or cannot be seen, by its bytes.</summary>
    internal static string Literal(string storageClass, object value) => storageClass switch
    {
        "null" => "NULL",
        "integer" => ((long)value).ToString(CultureInfo.InvariantCulture),
        "real" => Real((double)value),
        "text" => Text((byte[])value),
        _ => $"X'{Convert.ToHexString((byte[])value)}'",
    };

    internal static string Text(byte[] bytes)
    {
        try
        {
            string text = Strict.GetString(bytes);
            return text.Any(char.IsControl) ? $"CAST(X'{Convert.ToHexString(bytes)}' AS TEXT)" : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
        }
        catch (DecoderFallbackException)
        {
            return $"CAST(X'{Convert.ToHexString(bytes)}' AS TEXT)";
        }
    }

    internal static string Real(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return double.IsInfinity(value) ? value > 0 ? "9e999" : "-9e999" : text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text;
    }

    public void Dispose() => connection.Dispose();

    private string ToText()
    {
        var text = new StringBuilder();
        foreach (string pragma in new[] { "encoding", "user_version", "application_id" })
        {
            text.Append(CultureInfo.InvariantCulture, $"PRAGMA {pragma} = {Query($"PRAGMA {pragma}").Single()[0]};\n");
        }

        foreach (object[] item in Query("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type = 'trigger', name").ToList())
        {
            text.Append(CultureInfo.InvariantCulture, $"{item[0]};\n");
        }

        foreach (object[] item in Query("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").ToList())
        {
            string table = (string)item[0];
            string[] columns = [.. Columns(table)];
            foreach (string[] row in Rows(table, columns))
            {
                text.Append(CultureInfo.InvariantCulture, $"INSERT INTO {Quote(table)}({string.Join(", ", columns.Select(Quote))}) VALUES({string.Join(", ", row)});\n");
            }
        }

        return text.ToString();
    }

    /// <summary>The columns that are stored as they are given, and the rowid where no column holds it.</summary>
    private IEnumerable<string> Columns(string table)
    {
        object[][] columns = [.. Query($"SELECT name, type, pk, hidden FROM pragma_table_xinfo('{table}')")];
        bool hasRowId = (long)Query($"SELECT wr FROM pragma_table_list('{table}') WHERE schema = 'main'").Single()[0] == 0;
        bool hasAlias = columns.Count(column => (long)column[2] > 0) == 1
            && columns.Any(column => (long)column[2] > 0 && string.Equals((string)column[1], "INTEGER", StringComparison.OrdinalIgnoreCase));
        return columns.Where(column => (long)column[3] == 0).Select(column => (string)column[0])
            .Prepend("rowid").Skip(hasRowId && !hasAlias ? 0 : 1);
    }

    private IEnumerable<object[]> Query(string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            object[] row = new object[reader.FieldCount];
            reader.GetValues(row);
            yield return row;
        }
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
