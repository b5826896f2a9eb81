using Microsoft.Data.Sqlite;

namespace DataResilience.Integration.Tests;

/// <summary>Makes and reads the databases of a workspace with the driver alone, so that nothing of the product proves itself.</summary>
internal static class DatabaseFiles
{
    internal static SqliteConnection OpenDatabase(this Workspace workspace, string name)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = workspace.PathOf(name), Pooling = false, ForeignKeys = false }.ToString());
        connection.Open();
        return connection;
    }

    internal static void Execute(this Workspace workspace, string name, params IEnumerable<string> statements)
    {
        using SqliteConnection connection = workspace.OpenDatabase(name);
        connection.Execute(statements);
    }

    internal static void Execute(this SqliteConnection connection, params IEnumerable<string> statements)
    {
        foreach (string statement in statements)
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }
    }

    /// <summary>The rows that a query gives, each as one line that also tells the storage classes.</summary>
    internal static IReadOnlyList<string> Query(this Workspace workspace, string name, string sql)
    {
        using SqliteConnection connection = workspace.OpenDatabase(name);
        return connection.Query(sql);
    }

    internal static IReadOnlyList<string> Query(this SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
        {
            lines.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => Text(reader.GetValue(column)))));
        }

        return lines;
    }

    /// <summary>Every definition, in the order of creation.</summary>
    internal static IReadOnlyList<string> SchemaOf(this Workspace workspace, string name) =>
        workspace.Query(name, "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name");

    /// <summary>Names of ordinary and shadow tables, without those of SQLite itself.</summary>
    internal static IReadOnlyList<string> TablesOf(this Workspace workspace, string name) =>
        [.. workspace.Query(name, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name").Select(line => line[2..])];

    /// <summary>Every row of a table in its own order, with the rowid where there is one to be had.</summary>
    internal static IReadOnlyList<string> RowsOf(this SqliteConnection connection, string table)
    {
        string quoted = $"\"{table.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        string literal = $"'{table.Replace("'", "''", StringComparison.Ordinal)}'";
        bool hasRowId = connection.Query($"SELECT 1 FROM pragma_table_list WHERE name = {literal} AND wr = 0 AND ncol < 2000").Count > 0;
        return connection.Query($"SELECT {(hasRowId ? "rowid, " : "")}* FROM {quoted}");
    }

    private static string Text(object value) => value switch
    {
        DBNull => "null",
        long number => $"i:{number}",
        double number => $"r:{BitConverter.DoubleToInt64Bits(number):x16}",
        byte[] bytes => $"b:{Convert.ToHexStringLower(bytes)}",
        string text => $"t:{text}",
        _ => throw new InvalidOperationException($"SQLite has no storage class {value.GetType()}."),
    };
}
