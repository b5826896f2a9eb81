using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace DataResilience.Integration.Tests.Crashes;

/// <summary>Makes SQLite databases whose bytes a seed decides and that hardly compress, and compares them.</summary>
internal static class SampleDatabase
{
    private const int BlobBytes = 4_000;

    internal static void Make(string path, int megabytes, int seed)
    {
        using SqliteConnection connection = Open(path);
        Execute(connection, "PRAGMA synchronous=OFF; CREATE TABLE parts(id INTEGER PRIMARY KEY, name TEXT, drawing BLOB); CREATE TABLE notes(text TEXT); CREATE INDEX parts_name ON parts(name)");
        var random = new Random(seed);
        using SqliteTransaction transaction = connection.BeginTransaction();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "INSERT INTO parts(name, drawing) VALUES ($name, $drawing); INSERT INTO notes SELECT $name WHERE last_insert_rowid() % 100 = 0";
        SqliteParameter name = command.Parameters.Add("$name", SqliteType.Text);
        SqliteParameter drawing = command.Parameters.Add("$drawing", SqliteType.Blob);
        byte[] bytes = new byte[BlobBytes];
        for (int i = 0; i < megabytes * 1_000_000 / BlobBytes; i++)
        {
            random.NextBytes(bytes);
            name.Value = $"part {i} {random.Next():x8}";
            drawing.Value = bytes;
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    /// <summary>A hash over the schema and every value of every table, in order.</summary>
    internal static string HashOf(string path)
    {
        using SqliteConnection connection = Open(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(connection, hash, "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name");
        Append(connection, hash, "SELECT typeof(id), id, name, drawing FROM parts ORDER BY id");
        Append(connection, hash, "SELECT rowid, text FROM notes ORDER BY rowid");
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(SqliteConnection connection, IncrementalHash hash, string query)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = query;
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            for (int i = 0; i < reader.FieldCount; i++)
            {
                byte[] value = reader.IsDBNull(i) ? [] : reader.GetFieldValue<byte[]>(i);
                hash.AppendData(BitConverter.GetBytes(value.Length));
                hash.AppendData(value);
            }
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }
}
