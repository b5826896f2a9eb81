using System.Runtime.CompilerServices;
using DataResilience.Providers;

namespace DataResilience.Sqlite;

/// <summary>A state of a database, read through one connection.</summary>
internal sealed class SqliteSnapshot : ISourceSnapshot
{
    private static readonly string[] PositionPragmas = ["schema_version", "data_version", "page_count"];

    private readonly SqliteSession session;
    private readonly SnapshotGuard guard;
    private readonly string? journalMode;
    private readonly Func<ValueTask> release;
    private readonly bool isUtf8;

    /// <summary>Takes over a connection that stands in a transaction.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="guard">Watches a file that is read without locks.</param>
    /// <param name="path">The database's file.</param>
    /// <param name="journalMode">The journal mode where the connection cannot tell it.</param>
    /// <param name="release">What to do at the end.</param>
    internal SqliteSnapshot(SqliteSession session, SnapshotGuard guard, string path, string? journalMode, Func<ValueTask> release)
    {
        this.session = session;
        this.guard = guard;
        this.journalMode = journalMode;
        this.release = release;
        isUtf8 = session.QueryText("PRAGMA main.encoding") == "UTF-8";
        Description = new SnapshotDescription
        {
            Engine = DatabaseEngine.Sqlite,
            EngineVersion = SQLitePCL.raw.sqlite3_libversion().utf8_to_string(),
            Server = Environment.MachineName,
            Database = Path.GetFileNameWithoutExtension(path),
            RecoveryPosition = ReadPosition(session),
            MaxReaders = 1,
        };
    }

    public SnapshotDescription Description { get; }

    public Task<DatabaseSchema> ReadSchemaAsync(CancellationToken cancellationToken) =>
        session.RunAsync(
            () =>
            {
                DatabaseSchema schema = SchemaReader.Read(session, journalMode);
                guard.Check();
                return schema;
            },
            cancellationToken);

    public async Task<IReadOnlyList<RowRange>> PlanRangesAsync(TableSchema table, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        return await session.RunAsync(() => RangePlanner.Plan(session, table), cancellationToken);
    }

    public IAsyncEnumerable<RowBlock> ReadRowsAsync(TableSchema table, RowRange range, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(range);
        return ReadAsync(table, range, cancellationToken);
    }

    public Task ConfirmAsync(CancellationToken cancellationToken) => session.RunAsync(guard.Check, cancellationToken);

    public ValueTask DisposeAsync() => release();

    private async IAsyncEnumerable<RowBlock> ReadAsync(
        TableSchema table, RowRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var factory = new RowCursorFactory(session, isUtf8);
        using RowBlockReader reader = await session.RunAsync(
            () => new RowBlockReader(factory.Open(table, range)), cancellationToken);
        while (await session.RunAsync(reader.Next, cancellationToken) is { } block)
        {
            guard.Check();
            yield return block;
        }
    }

    // The file change counter would say more, but stands in the header alone: opening the file beside SQLite to read it and closing it
    // again would drop every POSIX lock that this process holds on it (sqlite.org/howtocorrupt.html, section 2.2).
    private static Dictionary<string, string> ReadPosition(SqliteSession session) =>
        PositionPragmas.ToDictionary(name => name, name => session.QueryText($"PRAGMA main.{name}"), StringComparer.Ordinal);
}
