using Microsoft.Data.Sqlite;

namespace DataResilience.Sqlite;

/// <summary>
/// Opens a database for reading so that its directory is afterwards as it was.
/// </summary>
/// <remarks>
/// A read-only connection to a database in WAL mode makes -wal and -shm files and cannot take them away again (sqlite.org/wal.html,
/// "Read-Only Databases"). So, where there is the right to, the connection is one that might write and is told not to
/// (query_only): as the last one to leave, SQLite itself removes what it made; a log that was there before is kept.
/// </remarks>
internal static class SourceFile
{
    internal const string LogSuffix = "-wal";
    internal const string JournalSuffix = "-journal";

    /// <summary>Opens the connection without reading yet.</summary>
    internal static SqliteSession Open(string path, SqliteFailures failures)
    {
        RequireFile(path);
        // A journal may be one to roll back, which is for the owner to do: a connection that may not write says so.
        if (HasContent(path + JournalSuffix))
        {
            return SqliteSession.Open(path, SqliteOpenMode.ReadOnly, failures);
        }

        bool hadLog = HasContent(path + LogSuffix);
        SqliteSession session = SqliteSession.Open(path, SqliteOpenMode.ReadWrite, failures);
        if (hadLog)
        {
            session.KeepLogOnClose();
        }

        // Without the right to write the file, logs made here would be in its owner's way. Locked exclusively a log needs no shared
        // memory, and that lock is not to be had: a WAL database fails, any other is read under its ordinary shared lock.
        if (session.IsReadOnly && !File.Exists(path + LogSuffix))
        {
            session.Execute("PRAGMA main.locking_mode = EXCLUSIVE");
        }

        session.Execute("PRAGMA query_only = ON");
        return session;
    }

    /// <summary>Opens the file as one that nobody writes, with neither locks nor logs.</summary>
    internal static SqliteSession OpenImmutable(string path, SqliteFailures failures) =>
        SqliteSession.Open(ImmutableUri(path), SqliteOpenMode.ReadOnly, failures);

    internal static bool HasContent(string path)
    {
        var file = new FileInfo(path);
        return file.Exists && file.Length > 0;
    }

    internal static void RequireFile(string path)
    {
        if (Directory.Exists(path))
        {
            throw Errors.SourceUnreadable.Create(path, "it is a directory");
        }

        if (!File.Exists(path))
        {
            throw Errors.SourceNotFound.Create(path);
        }
    }

    private static string ImmutableUri(string path)
    {
        IEnumerable<string> parts = path.Replace('\\', Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString);
        string escaped = string.Join('/', parts);
        return $"file:{(escaped.StartsWith('/') ? "" : "/")}{escaped}?immutable=1";
    }
}
