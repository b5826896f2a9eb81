using DataResilience.Providers;
using Microsoft.Data.Sqlite;

namespace DataResilience.Sqlite;

/// <summary>Restores chosen tables, or rows alone, into a database that exists: in one transaction, seen by nobody until it is committed.</summary>
internal sealed class LiveDatabaseTarget : IRestoreTarget
{
    private readonly RestoreConnection connection;
    private readonly TargetOptions options;
    private readonly PresentObjects present;

    private LiveDatabaseTarget(RestoreConnection connection, TargetOptions options, PresentObjects present)
    {
        this.connection = connection;
        this.options = options;
        this.present = present;
    }

    public TargetDescription Description => connection.Description;

    internal static async Task<LiveDatabaseTarget> OpenAsync(
        string path, TargetOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw Errors.TargetTableMissing.Create(path, options.Tables.Select(table => table.Name).FirstOrDefault(""));
        }

        SqliteSession session = SqliteSession.Open(path, SqliteOpenMode.ReadWrite, new TargetFailures(path, options.LockTimeout));
        try
        {
            await BeginAsync(session, path, options, time, cancellationToken);
            var objects = new PresentObjects(session, path, options);
            await session.RunAsync(objects.MakeRoom, cancellationToken);
            return new LiveDatabaseTarget(new RestoreConnection(session, path, options, TemporaryTarget.SpillNameFor(path), isLive: true), options, objects);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public Task CreateObjectsAsync(IReadOnlyList<SchemaObject> objects, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(objects);
        foreach (SchemaObject item in objects)
        {
            present.MakeRoomFor(item);
        }

        return connection.CreateObjectsAsync(objects, cancellationToken);
    }

    public Task<long> LoadRowsAsync(TableSchema table, IAsyncEnumerable<RowBlock> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(rows);
        return connection.LoadRowsAsync(table, rows, addsToRows: !options.IncludesSchema, cancellationToken);
    }

    /// <summary>What ANALYZE gathers stands in tables, which are restored like others.</summary>
    public Task<string?> CollectStatisticsAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public Task<TargetCheck> CheckAsync(CancellationToken cancellationToken) =>
        connection.CheckAsync(check => check.RestoredTables(), cancellationToken);

    public Task<ISourceSnapshot> OpenProofAsync(CancellationToken cancellationToken) =>
        Task.FromResult<ISourceSnapshot>(connection.OpenProof());

    public async Task<IReadOnlyList<string>> CommitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        connection.Settle();
        await Task.Run(() => connection.Session.Execute("COMMIT"), CancellationToken.None);
        return [];
    }

    // Closing a connection rolls its transaction back.
    public ValueTask DisposeAsync()
    {
        connection.Session.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task BeginAsync(
        SqliteSession session, string path, TargetOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        if (session.IsReadOnly)
        {
            throw Errors.TargetUnwritable.Create(path, "the file is read-only");
        }

        // Durable whatever the driver's default is: the commit is the promise.
        session.Execute("PRAGMA main.synchronous = FULL");
        session.Execute("PRAGMA ignore_check_constraints = ON");
        session.Execute("PRAGMA main.cache_size = -16384");
        session.DisableTriggers();
        session.Check(await new LockWait(time, options.LockTimeout).RunAsync(
            () => session.TryExecute("BEGIN IMMEDIATE"), cancellationToken));
        RequireEncoding(session, path, options);
    }

    // Text is restored byte by byte.
    private static void RequireEncoding(SqliteSession session, string path, TargetOptions options)
    {
        string encoding = session.QueryText("PRAGMA main.encoding");
        if (options.Properties.TryGetValue(DatabaseProperties.Encoding, out string? backedUp) && backedUp != encoding)
        {
            throw Errors.FeatureUnsupported.Create(path, $"its text is {encoding}, that of the backup is {backedUp}");
        }
    }
}
