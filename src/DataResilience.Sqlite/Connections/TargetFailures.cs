using SQLitePCL;

namespace DataResilience.Sqlite;

/// <summary>Failures of a database that is written.</summary>
internal sealed class TargetFailures(string path, TimeSpan lockTimeout) : SqliteFailures
{
    internal override Exception Create(int code, string message) => Primary(code) switch
    {
        raw.SQLITE_BUSY => Errors.DatabaseLocked.Create(path, lockTimeout.TotalSeconds),
        raw.SQLITE_LOCKED => Errors.TargetInUse.Create(path, "another program"),
        raw.SQLITE_FULL => Errors.TargetFull.Create(path),
        raw.SQLITE_NOTADB => Errors.NotADatabase.Create(path),
        raw.SQLITE_CORRUPT => Errors.DatabaseDamaged.Create(path, message),
        raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH => Errors.RestoreCheckFailed.Create(path, message),
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_CANTOPEN or raw.SQLITE_IOERR =>
            Errors.TargetUnwritable.Create(path, $"{message} ({code})"),
        _ when message.EndsWith(StandIns.FunctionFailure, StringComparison.Ordinal) => Errors.FeatureUnsupported.Create(path, message),
        _ => Errors.RestoreCheckFailed.Create(path, $"{message} ({code})"),
    };
}
