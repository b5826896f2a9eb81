using Microsoft.Data.Sqlite;

namespace DataResilience.Sqlite.Tests;

internal static class ConnectionExtensions
{
    internal static void Run(this SqliteConnection connection, string sql, params IReadOnlyList<object> values)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        for (int i = 0; i < values.Count; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i]);
        }

        command.ExecuteNonQuery();
    }

    internal static string Ask(this SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
        {
            lines.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(field => reader.IsDBNull(field) ? "" : reader.GetString(field))));
        }

        return string.Join('\n', lines);
    }
}
