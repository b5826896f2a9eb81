using DataResilience.Providers;

namespace DataResilience.Sqlite;

/// <summary>What restoring into a new file and into a live database have in common: objects, rows, sequences, the proof.</summary>
internal sealed class RestoreConnection
{
    // ENOSPC; ERROR_DISK_FULL.
    private const int NoSpaceOnUnix = 28;
    private const int NoSpaceOnWindows = unchecked((int)0x80070070);

    private readonly string path;
    private readonly TargetOptions options;
    private readonly SchemaWriter schema;
    private readonly SequenceRows sequences;
    private readonly byte textEncoding;
    private readonly string spillPath;

    /// <param name="session">The connection.</param>
    /// <param name="path">The target's final name.</param>
    /// <param name="options">What is restored.</param>
    /// <param name="spillPath">The name of a file for a row that is too large for memory; no other run uses it.</param>
    /// <param name="isLive">Whether the database was there before.</param>
    internal RestoreConnection(SqliteSession session, string path, TargetOptions options, string spillPath, bool isLive)
    {
        Session = session;
        this.path = path;
        this.options = options;
        schema = new SchemaWriter(session, options.IncludesRows);
        sequences = new SequenceRows(session, options, isLive);
        this.spillPath = spillPath;
        textEncoding = InsertOptions.EncodingOf(session);
        Description = new TargetDescription(Environment.MachineName, path, 1);
    }

    internal SqliteSession Session { get; }

    internal TargetDescription Description { get; }

    internal Task CreateObjectsAsync(IReadOnlyList<SchemaObject> objects, CancellationToken cancellationToken) =>
        Session.RunAsync(
            () =>
            {
                foreach (SchemaObject item in objects)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    schema.Create(item);
                }
            },
            cancellationToken);

    internal async Task<long> LoadRowsAsync(
        TableSchema table, IAsyncEnumerable<RowBlock> rows, bool addsToRows, CancellationToken cancellationToken)
    {
        RequireEncoding(table);
        if (SqliteName.Same(table.Name, SequenceTable.Name))
        {
            return await sequences.KeepAsync(rows, cancellationToken);
        }

        InsertOptions how = InsertOptions.For(Session, table, textEncoding, addsToRows);
        using var loader = new TableLoader(new RowInserter(Session, table, how), spillPath);
        await foreach (RowBlock block in rows.WithCancellation(cancellationToken))
        {
            using (block)
            {
                await Session.RunAsync(() => Add(loader, block), cancellationToken);
            }
        }

        loader.End(table.Name);
        Session.StandIns.RequireUnused(table.Name);
        return loader.Rows;
    }

    /// <summary>Brings sqlite_sequence to what it was: loading rows of AUTOINCREMENT tables changes it.</summary>
    internal void Settle() => sequences.Apply(textEncoding);

    internal async Task<TargetCheck> CheckAsync(Action<DatabaseCheck> run, CancellationToken cancellationToken)
    {
        Settle();
        var check = new DatabaseCheck(Session, [.. options.Tables.Select(table => table.Name)]);
        await Session.RunAsync(() => run(check), cancellationToken);
        Session.StandIns.RequireUnused(path);
        return check.Result;
    }

    internal SqliteSnapshot OpenProof()
    {
        Settle();
        return new SqliteSnapshot(
            Session, SnapshotGuard.None, path, options.Properties.GetValueOrDefault(DatabaseProperties.JournalMode), () => ValueTask.CompletedTask);
    }

    private void Add(TableLoader loader, RowBlock block)
    {
        try
        {
            loader.Add(block);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw failure.HResult is NoSpaceOnUnix or NoSpaceOnWindows
                ? Errors.TargetFull.CreateFrom(failure, path)
                : Errors.TargetUnwritable.CreateFrom(failure, path, failure.Message);
        }
    }

    private static void RequireEncoding(TableSchema table)
    {
        if (table.RowEncodingVersion != RowEncoding.Version)
        {
            throw Errors.FeatureUnsupported.Create(table.Name, $"its rows are in row encoding {table.RowEncodingVersion}");
        }
    }
}
