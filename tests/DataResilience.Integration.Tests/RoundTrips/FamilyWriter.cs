using System.Globalization;
using Microsoft.Data.Sqlite;

namespace DataResilience.Integration.Tests.RoundTrips;

/// <summary>
/// Commits one transaction after the other on a thread of its own. Each adds a parent and its child, takes the oldest pair away and
/// counts itself, so that every committed state follows from its counter alone and no two tables of different states go together.
/// </summary>
internal sealed class FamilyWriter : IAsyncDisposable
{
    private const int Window = 50;

    private readonly CancellationTokenSource stop = new();
    private readonly List<long> commitTimes = [];
    private readonly Lock gate = new();
    private readonly Task work;
    private TaskCompletionSource changed = NewSignal();
    private long wanted = long.MaxValue;

    internal FamilyWriter(Workspace workspace, string database) =>
        work = Task.Factory.StartNew(() => Write(workspace, database), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>The tables; the child is made first, so that it is read first. No REFERENCES: SQLite's check would find what our own shall find.</summary>
    internal static IReadOnlyList<string> Tables { get; } =
    [
        "CREATE TABLE a_child(id INTEGER PRIMARY KEY, parent INTEGER NOT NULL, text TEXT)",
        "CREATE TABLE m_counter(name TEXT PRIMARY KEY, n INTEGER) WITHOUT ROWID",
        "INSERT INTO m_counter VALUES('commits', 0)",
    ];

    /// <summary>Made last.</summary>
    internal static IReadOnlyList<string> LastTables { get; } = ["CREATE TABLE z_parent(id INTEGER PRIMARY KEY, name TEXT)"];

    /// <summary>How many commits there were so far.</summary>
    internal int Commits
    {
        get
        {
            lock (gate)
            {
                return commitTimes.Count;
            }
        }
    }

    /// <summary>Waits until so many further commits are done.</summary>
    internal async Task WaitForAsync(int furtherCommits)
    {
        Task reached;
        lock (gate)
        {
            wanted = commitTimes.Count + furtherCommits;
            changed = NewSignal();
            reached = changed.Task;
        }

        // If the writer fails, its failure is what the test is to show.
        await await Task.WhenAny(reached, work);
    }

    /// <summary>How fast it was between two time stamps; windows that reach beyond either do not count.</summary>
    internal WriterPace PaceBetween(long begin, long end)
    {
        lock (gate)
        {
            return new WriterPace(commitTimes, begin, end, TimeProvider.System.TimestampFrequency);
        }
    }

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

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await work;
        stop.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Write(Workspace workspace, string database)
    {
        using SqliteConnection connection = workspace.OpenDatabase(database);
        connection.DefaultTimeout = 120;
        connection.Execute("PRAGMA synchronous = NORMAL");
        using SqliteCommand command = connection.CreateCommand();
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
        while (!stop.IsCancellationRequested)
        {
            command.ExecuteNonQuery();
            Count();
        }
    }

    private void Count()
    {
        lock (gate)
        {
            commitTimes.Add(TimeProvider.System.GetTimestamp());
            if (commitTimes.Count >= wanted)
            {
                wanted = long.MaxValue;
                changed.TrySetResult();
            }
        }
    }
}
