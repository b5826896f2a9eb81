using System.Runtime.CompilerServices;
using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>A state of a database that several sessions read from.</summary>
internal sealed class MySqlSnapshot : ISourceSnapshot
{
    private readonly SnapshotSessions sessions;
    private readonly HeldState state;
    private readonly SnapshotOptions options;
    private readonly ReaderPool readers;
    private readonly Dictionary<string, SourceTable> tables;
    private readonly TableKeys keys = new();
    private readonly SemaphoreSlim catalogGate = new(1);

    /// <summary>Takes over the sessions that have begun.</summary>
    internal MySqlSnapshot(SnapshotSessions sessions, HeldState state, SnapshotOptions options)
    {
        this.sessions = sessions;
        this.state = state;
        this.options = options;
        tables = state.Definitions.TakenTables.ToDictionary(table => table.Name);
        ServerSession catalog = sessions.Catalog;
        readers = new ReaderPool(sessions.Readers, catalog.Address);
        Description = new SnapshotDescription
        {
            Engine = catalog.Version.Engine,
            EngineVersion = catalog.Version.Text,
            Server = catalog.Address.Host,
            Database = catalog.Address.Database,
            RecoveryPosition = state.Position,
            Consistency = state.Sentence,
            MaxReaders = readers.Count,
        };
    }

    public SnapshotDescription Description { get; }

    /// <summary>How many bytes of rows a range is to have, roughly.</summary>
    internal long RangeBytes { get; init; } = RangePlanner.RangeBytes;

    public Task<DatabaseSchema> ReadSchemaAsync(CancellationToken cancellationToken) => WithCatalogAsync(
        async () =>
        {
            DatabaseSchema schema = await new SchemaReader(state.Keeper, options).ReadAsync(cancellationToken);
            await RequireUnchangedAsync(cancellationToken);
            return schema with { Warnings = [.. schema.Warnings, .. WarningsOfLocks()] };
        },
        cancellationToken);

    public Task<IReadOnlyList<RowRange>> PlanRangesAsync(TableSchema table, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        return tables.GetValueOrDefault(table.Name) is { } source && source.Bytes > RangeBytes
            ? WithCatalogAsync(() => PlanAsync(table, source, cancellationToken), cancellationToken)
            : Task.FromResult(RangePlanner.Whole);
    }

    public IAsyncEnumerable<RowBlock> ReadRowsAsync(TableSchema table, RowRange range, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(range);
        return ReadAsync(table, range, cancellationToken);
    }

    public Task ConfirmAsync(CancellationToken cancellationToken) => WithCatalogAsync(
        async () =>
        {
            await RequireUnchangedAsync(cancellationToken);
            if (state.TableKeeper is { } tableKeeper)
            {
                // Fails if it is gone, and its locks went before all rows were read.
                await tableKeeper.ExecuteAsync("UNLOCK TABLES", cancellationToken);
            }

            return true;
        },
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await sessions.DisposeAsync();
        await readers.DisposeAsync();
        await state.Keeper.DisposeAsync();
        if (state.TableKeeper is { } keeper)
        {
            await keeper.DisposeAsync();
        }

        catalogGate.Dispose();
    }

    private async IAsyncEnumerable<RowBlock> ReadAsync(
        TableSchema table, RowRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using Reader reader = await readers.EnterAsync(cancellationToken);
        bool isWhole = range is { From: null, To: null };
        TableKey? key = isWhole ? keys.OrderOf(table) : await keys.FindAsync(reader.Session, table, cancellationToken);
        var query = new RowQuery(Description.Database, table, range, key);
        await foreach (RowBlock block in new RowReader(reader.Session, query).ReadAsync(cancellationToken))
        {
            yield return block;
        }

        await reader.CompleteAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<RowRange>> PlanAsync(TableSchema table, SourceTable source, CancellationToken cancellationToken)
    {
        if (await keys.FindAsync(sessions.Catalog, table, cancellationToken) is not { } key)
        {
            return RangePlanner.Whole;
        }

        IReadOnlyList<RowRange> ranges = await new RangePlanner(sessions.Catalog, table, source, key, RangeBytes).PlanAsync(cancellationToken);
        await Reader.ReleaseTablesAsync(sessions.Catalog, cancellationToken);
        return ranges;
    }

    private async Task RequireUnchangedAsync(CancellationToken cancellationToken)
    {
        SourceDefinitions now = await SourceDefinitions.ReadAsync(state.Keeper, options, cancellationToken);
        if (state.Definitions.FindChange(now) is { } change)
        {
            throw Errors.SourceChanged.Create(state.Keeper.Address, change);
        }
    }

    private IEnumerable<string> WarningsOfLocks()
    {
        string[] names = [.. state.Definitions.TakenTables.Where(table => !table.HasSnapshot).Select(table => $"'{table.Name}' ({table.StorageEngine})")];
        if (names.Length > 0)
        {
            yield return $"Storage engines without snapshots: nobody can write to {string.Join(", ", names)} until all rows have been read.";
        }
    }

    private async Task<T> WithCatalogAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await catalogGate.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            catalogGate.Release();
        }
    }
}
