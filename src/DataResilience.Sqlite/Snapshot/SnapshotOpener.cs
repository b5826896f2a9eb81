using DataResilience.Providers;
using SQLitePCL;

namespace DataResilience.Sqlite;

/// <summary>Opens a snapshot of a source: one connection, one read transaction.</summary>
internal sealed class SnapshotOpener(TimeProvider time)
{
    // The transaction begins with the first read, not with BEGIN.
    private const string FirstRead = "SELECT count(*) FROM main.sqlite_schema";

    internal async Task<ISourceSnapshot> OpenAsync(string path, SnapshotOptions options, CancellationToken cancellationToken)
    {
        var failures = new SourceFailures(path, options.LockTimeout);
        SqliteSession session = SourceFile.Open(path, failures);
        try
        {
            int code = await BeginAsync(session, options.LockTimeout, cancellationToken);
            if (MayBeReadWithoutLocks(session, code, path))
            {
                session.Dispose();
                return OpenImmutable(path, failures);
            }

            session.Check(code);
            return Create(session, SnapshotGuard.None, path, null);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private Task<int> BeginAsync(SqliteSession session, TimeSpan lockTimeout, CancellationToken cancellationToken)
    {
        session.Execute("BEGIN");
        return new LockWait(time, lockTimeout).RunAsync(() => session.TryExecute(FirstRead), cancellationToken);
    }

    // A WAL database without its log, and no right to write: nobody can lock it for reading without making files beside it.
    private static bool MayBeReadWithoutLocks(SqliteSession session, int code, string path) =>
        session.IsReadOnly
        && (code & 0xff) is raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_IOERR
        && !SourceFile.HasContent(path + SourceFile.LogSuffix)
        && !SourceFile.HasContent(path + SourceFile.JournalSuffix);

    private static SqliteSnapshot OpenImmutable(string path, SqliteFailures failures)
    {
        SnapshotGuard guard = SnapshotGuard.Over(path);
        SqliteSession session = SourceFile.OpenImmutable(path, failures);
        session.Execute("BEGIN");
        session.Execute(FirstRead);
        return Create(session, guard, path, "wal");
    }

    private static SqliteSnapshot Create(SqliteSession session, SnapshotGuard guard, string path, string? journalMode) =>
        new(session, guard, path, journalMode, () =>
        {
            session.Dispose();
            return ValueTask.CompletedTask;
        });
}
