using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DataResilience.Sqlite;

/// <summary>The file that a database is restored into, beside its final name so that renaming it is one step.</summary>
internal static class TemporaryTarget
{
    private const string Infix = ".dataresilience-restore-";

    private static readonly string[] Companions = ["-journal", "-wal", "-shm"];

    internal static string NameFor(string path, Random random) => $"{path}{Infix}{random.NextInt64():x16}";

    /// <summary>The name of a file beside a database that a run holds the lock of, so that no other run uses it.</summary>
    internal static string SpillNameFor(string database) => database + ".dataresilience-row";

    /// <summary>Removes what killed runs left beside this target. A file that a run still works on is locked by it.</summary>
    internal static void RemoveLeftovers(string path, SqliteFailures failures)
    {
        string directory = Path.GetDirectoryName(path)!;
        string beginning = Path.GetFileName(path) + Infix;
        foreach (string file in Directory.EnumerateFiles(directory))
        {
            string name = Path.GetFileName(file);
            bool isOurs = name.StartsWith(beginning, StringComparison.Ordinal) && name.Length == beginning.Length + 16;
            if (isOurs && !IsHeld(file, failures))
            {
                Remove(file);
            }
        }
    }

    internal static void Remove(string file)
    {
        File.Delete(file);
        File.Delete(SpillNameFor(file));
        RemoveCompanions(file);
    }

    /// <summary>Removes journals and logs, which SQLite would take for those of whatever database has this name.</summary>
    internal static void RemoveCompanions(string file)
    {
        foreach (string companion in Companions)
        {
            File.Delete(file + companion);
        }
    }

    internal static string? FindCompanion(string file) => Companions.Select(companion => file + companion).FirstOrDefault(File.Exists);

    private static bool IsHeld(string file, SqliteFailures failures)
    {
        using SqliteSession session = SqliteSession.Open(file, SqliteOpenMode.ReadWrite, failures);
        // Any other failure is that of a file that was never finished.
        return (session.TryExecute("BEGIN EXCLUSIVE") & 0xff) == raw.SQLITE_BUSY;
    }
}
