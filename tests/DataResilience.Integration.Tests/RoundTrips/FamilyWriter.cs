using System.Globalization;
using Microsoft.Data.Sqlite;

namespace DataResilience.Integration.Tests.RoundTrips;

/// <summary>
/// Each of its transactions adds a parent and its child, takes the oldest pair away and
/// counts itself, so that every committed state follows from its counter alone and no two tables of different states go together.
/// </summary>
internal sealed class FamilyWriter : PacedWriter
{
    private const int Window = 50;

    internal FamilyWriter(Workspace workspace, string database) => Begin(() => Open(workspace, database));

    /// <summary>The tables; the child is made first, so that it is read first. No REFERENCES: SQLite's check would find what our own shall find.</summary>
    internal static IReadOnlyList<string> Tables { get; } =
    [
        "CREATE TABLE a_child(id INTEGER PRIMARY KEY, parent INTEGER NOT NULL, text TEXT)",
        "CREATE TABLE m_counter(name TEXT PRIMARY KEY, n INTEGER) WITHOUT ROWID",
        "INSERT INTO m_counter VALUES('commits', 0)",
    ];

    /// <summary>Made last.</summary>
    internal static IReadOnlyList<string> LastTables { get; } = ["CREATE TABLE z_parent(id INTEGER PRIMARY KEY, name TEXT)"];

    /// <summary>Fails unless the tables of a database are one committed state.</summary>
    /// <returns>After how many commits it was so.</returns>
    internal static int RequireOneState(Workspace workspace, string database)
    {
        using SqliteConnection connection = workspace.OpenDatabase(database);
        Assert.Empty(connection.Query("SELECT id FROM a_child WHERE parent NOT IN (SELECT id FROM z_parent)"));
        Assert.Empty(connection.Query("SELECT id FROM z_parent WHERE id NOT IN (SELECT parent FROM a_child)"));
        long n = long.Parse(Assert.Single(connection.Query("SELECT n FROM m_counter"))[2..], CultureInfo.InvariantCulture);
        Assert.True(n > Window, "The writer had hardly begun.");
        long[] expected = [.. Enumerable.Range(1, Window).Select(place => n - Window + place)];
        Assert.Equal(expected.Select(id => $"i:{id}|i:{id}|t:child {id}"), connection.Query("SELECT * FROM a_child ORDER BY id"));
        Assert.Equal(expected.Select(id => $"i:{id}|t:parent {id}"), connection.Query("SELECT * FROM z_parent ORDER BY id"));
        return checked((int)n);
    }

    private static (IDisposable Connection, Action Commit) Open(Workspace workspace, string database)
    {
        SqliteConnection connection = workspace.OpenDatabase(database);
        connection.DefaultTimeout = 120;
        connection.Execute("PRAGMA synchronous = NORMAL");
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = """
            BEGIN IMMEDIATE;
            UPDATE m_counter SET n = n + 1;
            INSERT INTO z_parent SELECT n, 'parent ' || n FROM m_counter;
            INSERT INTO a_child SELECT n, n, 'child ' || n FROM m_counter;
            DELETE FROM a_child WHERE id = (SELECT n - $window FROM m_counter);
            DELETE FROM z_parent WHERE id = (SELECT n - $window FROM m_counter);
            COMMIT
            """;
        command.Parameters.AddWithValue("$window", Window);
        return (connection, () => command.ExecuteNonQuery());
    }
}
