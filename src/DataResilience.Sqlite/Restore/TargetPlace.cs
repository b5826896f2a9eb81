using DataResilience.Providers;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DataResilience.Sqlite;

/// <summary>The name that a restored database takes, and what has it now.</summary>
internal sealed class TargetPlace(string path, TimeProvider time)
{
    internal string Path => path;

    private string DirectoryPath => System.IO.Path.GetDirectoryName(path)!;

    /// <summary>Refuses at once what would be refused at the end.</summary>
    internal async Task RequireFreeAsync(TargetOptions options, CancellationToken cancellationToken)
    {
        RequireDirectory();
        if (!options.Replace && (File.Exists(path) ? path : TemporaryTarget.FindCompanion(path)) is { } present)
        {
            throw Errors.TargetExists.Create(present);
        }

        if (File.Exists(path))
        {
            using SqliteSession session = OpenPresent(options);
            await LockAsync(session, options, cancellationToken);
        }
    }

    internal void RequireDirectory()
    {
        if (!Directory.Exists(DirectoryPath))
        {
            throw Errors.TargetNotFound.Create(path);
        }

        if (Directory.Exists(path))
        {
            throw Errors.TargetUnwritable.Create(path, "it is a directory");
        }
    }

    /// <summary>Gives the finished file the name, durably.</summary>
    internal async Task TakeAsync(string file, TargetOptions options, CancellationToken cancellationToken)
    {
        try
        {
            if (options.Replace && File.Exists(path))
            {
                await ReplaceAsync(file, options, cancellationToken);
            }
            else
            {
                MoveToFreeName(file, options);
            }

            DurableFile.FlushDirectory(DirectoryPath);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Errors.TargetUnwritable.CreateFrom(failure, path, failure.Message);
        }
    }

    private void MoveToFreeName(string file, TargetOptions options)
    {
        if (options.Replace)
        {
            // A log without its database: SQLite would play it into the new one.
            TemporaryTarget.RemoveCompanions(path);
        }

        try
        {
            File.Move(file, path, overwrite: false);
        }
        catch (IOException failure) when (File.Exists(path))
        {
            throw Errors.TargetExists.CreateFrom(failure, path);
        }
    }

    /// <summary>
    /// The old database is emptied of its log and locked, its journals are removed, and only then it is replaced: whenever this
    /// ends early, either the whole old or the whole new database is there, and no log of the old one beside the new one.
    /// </summary>
    private async Task ReplaceAsync(string file, TargetOptions options, CancellationToken cancellationToken)
    {
        using SqliteSession session = OpenPresent(options);
        await LeaveLogAsync(session, options, cancellationToken);
        await LockAsync(session, options, cancellationToken);
        TemporaryTarget.RemoveCompanions(path);
        if (OperatingSystem.IsWindows())
        {
            // An open file cannot be replaced there.
            session.Dispose();
        }

        File.Move(file, path, overwrite: true);
    }

    private async Task LeaveLogAsync(SqliteSession session, TargetOptions options, CancellationToken cancellationToken)
    {
        int code = await new LockWait(time, options.LockTimeout).RunAsync(
            () => session.TryExecute("PRAGMA main.journal_mode = DELETE"), cancellationToken);
        Require(session, code);
    }

    private async Task LockAsync(SqliteSession session, TargetOptions options, CancellationToken cancellationToken)
    {
        int code = await new LockWait(time, options.LockTimeout).RunAsync(
            () => session.TryExecute("BEGIN EXCLUSIVE"), cancellationToken);
        Require(session, code);
    }

    // A damaged database is what a restore is most wanted for.
    private void Require(SqliteSession session, int code)
    {
        switch (code & 0xff)
        {
            case raw.SQLITE_OK or raw.SQLITE_CORRUPT:
                return;
            case raw.SQLITE_BUSY or raw.SQLITE_LOCKED:
                throw Errors.TargetInUse.Create(path, "another program");
            default:
                throw session.Failure(code);
        }
    }

    private SqliteSession OpenPresent(TargetOptions options)
    {
        SqliteSession session = SqliteSession.Open(path, SqliteOpenMode.ReadWrite, new TargetFailures(path, options.LockTimeout));
        if (session.IsReadOnly)
        {
            session.Dispose();
            throw Errors.TargetUnwritable.Create(path, "the file is read-only");
        }

        return session;
    }
}
