using System.Runtime.CompilerServices;
using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>Reads restored tables back before they are committed. Nobody else writes them, so no lock holds them still.</summary>
internal sealed class RestoredTables : ISourceSnapshot
{
    private readonly ReaderPool? readers;
    private readonly ServerSession session;
    private readonly string place;

    private RestoredTables(ServerSession session, ReaderPool? readers, ServerAddress target, string place)
    {
        this.readers = readers;
        this.session = session;
        this.place = place;
        Description = new SnapshotDescription
        {
            Engine = session.Version.Engine,
            EngineVersion = session.Version.Text,
            Server = session.Address.Host,
            Database = target.Database,
            RecoveryPosition = new Dictionary<string, string>(StringComparer.Ordinal),
            MaxReaders = readers?.Count ?? 1,
        };
    }

    public SnapshotDescription Description { get; }

    /// <summary>Reads within the transaction of a session, where alone the rows are seen. The session stays its owner's.</summary>
    internal static ISourceSnapshot In(ServerSession session, ServerAddress target) => new RestoredTables(session, null, target, target.Database);

    /// <summary>Opens sessions that read from the place where tables are restored.</summary>
    internal static async Task<ISourceSnapshot> OpenAsync(ServerAddress place, ServerAddress target, int most, CancellationToken cancellationToken)
    {
        var opened = new List<ServerSession>();
        try
        {
            for (int i = 0; i < most; i++)
            {
                opened.Add(await ServerSession.OpenAsync(place, new TargetFailures(), SessionPurpose.Read, cancellationToken));
                await Reader.BeginAsync(opened[i], cancellationToken);
            }

            return new RestoredTables(opened[0], new ReaderPool(opened, place), target, place.Database);
        }
        catch
        {
            foreach (ServerSession one in opened)
            {
                await one.DisposeAsync();
            }

            throw;
        }
    }

    public Task<DatabaseSchema> ReadSchemaAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException("A proof of rows has no schema.");

    public Task<IReadOnlyList<RowRange>> PlanRangesAsync(TableSchema table, CancellationToken cancellationToken) => Task.FromResult(RangePlanner.Whole);

    public IAsyncEnumerable<RowBlock> ReadRowsAsync(TableSchema table, RowRange range, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(range);
        var query = new RowQuery(place, table, range, null);
        return readers is null ? new RowReader(session, query).ReadAsync(cancellationToken) : ReadAsync(readers, query, cancellationToken);
    }

    public Task ConfirmAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => readers?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async IAsyncEnumerable<RowBlock> ReadAsync(
        ReaderPool readers, RowQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using Reader reader = await readers.EnterAsync(cancellationToken);
        await foreach (RowBlock block in new RowReader(reader.Session, query).ReadAsync(cancellationToken))
        {
            yield return block;
        }

        await reader.CompleteAsync(cancellationToken);
    }
}
