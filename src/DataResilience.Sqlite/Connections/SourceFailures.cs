using SQLitePCL;

namespace DataResilience.Sqlite;

/// <summary>Failures of a database that is read.</summary>
internal sealed class SourceFailures(string path, TimeSpan lockTimeout) : SqliteFailures
{
    internal override Exception Create(int code, string message) => Primary(code) switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => Errors.DatabaseLocked.Create(path, lockTimeout.TotalSeconds),
        raw.SQLITE_CORRUPT => Errors.DatabaseDamaged.Create(path, message),
        raw.SQLITE_NOTADB => Errors.NotADatabase.Create(path),
        raw.SQLITE_READONLY => Errors.SourceUnreadable.Create(
            path, "it needs recovery after a crash, which its own application does when it opens it"),
        // A page past the end of the file is a file that was cut.
        raw.SQLITE_IOERR when code == raw.SQLITE_IOERR_SHORT_READ => Errors.DatabaseDamaged.Create(path, message),
        raw.SQLITE_ERROR when message.StartsWith("malformed", StringComparison.Ordinal) => Errors.DatabaseDamaged.Create(path, message),
        raw.SQLITE_ERROR when message.StartsWith("unsupported file format", StringComparison.Ordinal) =>
            Errors.FeatureUnsupported.Create(path, message),
        _ => Errors.SourceUnreadable.Create(path, $"{message} ({code})"),
    };
}
