using DataResilience.Providers;
using Microsoft.Data.Sqlite;

namespace DataResilience.Sqlite;

/// <summary>Restores into a new file, which takes the target's name when everything is in it.</summary>
internal sealed class NewDatabaseTarget : IRestoreTarget
{
    private readonly RestoreConnection connection;
    private readonly TargetOptions options;
    private readonly TargetPlace place;
    private readonly string file;
    private bool isClosed;

    private NewDatabaseTarget(RestoreConnection connection, TargetOptions options, TargetPlace place, string file)
    {
        this.connection = connection;
        this.options = options;
        this.place = place;
        this.file = file;
    }

    public TargetDescription Description => connection.Description;

    /// <summary>Makes the file.</summary>
    /// <param name="place">Where the database will be.</param>
    /// <param name="options">What will be restored.</param>
    /// <param name="random">Names the file.</param>
    /// <param name="maxPages">A limit of its size, to test a full disk with; null for none.</param>
    internal static NewDatabaseTarget Open(TargetPlace place, TargetOptions options, Random random, long? maxPages)
    {
        try
        {
            var failures = new TargetFailures(place.Path, options.LockTimeout);
            TemporaryTarget.RemoveLeftovers(place.Path, failures);
            return Make(place, options, random, maxPages, failures);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Errors.TargetUnwritable.CreateFrom(failure, place.Path, failure.Message);
        }
    }

    public Task CreateObjectsAsync(IReadOnlyList<SchemaObject> objects, CancellationToken cancellationToken) =>
        InTransactionAsync(
            async () =>
            {
                await connection.CreateObjectsAsync(objects, cancellationToken);
                return 0;
            });

    public Task<long> LoadRowsAsync(TableSchema table, IAsyncEnumerable<RowBlock> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(rows);
        return InTransactionAsync(() => connection.LoadRowsAsync(table, rows, addsToRows: false, cancellationToken));
    }

    /// <summary>What ANALYZE gathers stands in tables, which are restored like others.</summary>
    public Task<string?> CollectStatisticsAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public Task<TargetCheck> CheckAsync(CancellationToken cancellationToken) =>
        connection.CheckAsync(check => check.Whole(), cancellationToken);

    public Task<ISourceSnapshot> OpenProofAsync(CancellationToken cancellationToken) =>
        Task.FromResult<ISourceSnapshot>(connection.OpenProof());

    public async Task<IReadOnlyList<string>> CommitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        connection.Settle();
        if (options.Properties.GetValueOrDefault(DatabaseProperties.JournalMode) == "wal")
        {
            connection.Session.Execute("PRAGMA main.journal_mode = WAL");
        }

        Close();
        DurableFile.Flush(file);
        await place.TakeAsync(file, options, cancellationToken);
        return [];
    }

    public ValueTask DisposeAsync()
    {
        Close();
        // After a commit there is nothing of this name.
        TemporaryTarget.Remove(file);
        return ValueTask.CompletedTask;
    }

    private static NewDatabaseTarget Make(
        TargetPlace place, TargetOptions options, Random random, long? maxPages, SqliteFailures failures)
    {
        string made = TemporaryTarget.NameFor(place.Path, random);
        SqliteSession? session = null;
        try
        {
            session = SqliteSession.Open(made, SqliteOpenMode.ReadWriteCreate, failures);
            Prepare(session, options, maxPages);
            return new NewDatabaseTarget(new RestoreConnection(session, place.Path, options, TemporaryTarget.SpillNameFor(made), isLive: false), options, place, made);
        }
        catch
        {
            session?.Dispose();
            TemporaryTarget.Remove(made);
            throw;
        }
    }

    private static void Prepare(SqliteSession session, TargetOptions options, long? maxPages)
    {
        foreach (string name in DatabaseProperties.SetFirst)
        {
            Set(session, name, options);
        }

        // Nothing of this file counts before it is complete and flushed: no journal, no waiting for the disk, no other reader.
        session.Execute("PRAGMA main.journal_mode = OFF");
        session.Execute("PRAGMA main.synchronous = OFF");
        session.Execute("PRAGMA main.locking_mode = EXCLUSIVE");
        session.Execute("PRAGMA ignore_check_constraints = ON");
        if (maxPages is { } pages)
        {
            session.Execute($"PRAGMA main.max_page_count = {pages}");
        }

        // The first write takes the lock that tells other runs that this file is in work.
        session.Execute("BEGIN EXCLUSIVE");
        foreach (string name in DatabaseProperties.SetAnyTime)
        {
            Set(session, name, options);
        }

        session.Execute("COMMIT");
        session.Execute("PRAGMA main.cache_size = -16384");
    }

    private static void Set(SqliteSession session, string name, TargetOptions options)
    {
        if (DatabaseProperties.Setting(name, options.Properties) is { } statement)
        {
            session.Execute(statement);
        }
    }

    // Without a journal a failed transaction cannot be taken back; the file is thrown away then.
    private async Task<T> InTransactionAsync<T>(Func<Task<T>> work)
    {
        connection.Session.Execute("BEGIN");
        T result = await work();
        connection.Session.Execute("COMMIT");
        return result;
    }

    private void Close()
    {
        if (!isClosed)
        {
            isClosed = true;
            connection.Session.Dispose();
        }
    }
}
