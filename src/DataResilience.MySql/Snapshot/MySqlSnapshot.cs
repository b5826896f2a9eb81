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
    private readonly SemaphoreSlim catalogGate = new(1);

    /// <summary>Takes over the sessions that have begun.</summary>
    internal MySqlSnapshot(SnapshotSessions sessions, HeldState state, SnapshotOptions options)
    {
        this.sessions = sessions;
        this.state = state;
        this.options = options;
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

    public Task<DatabaseSchema> ReadSchemaAsync(CancellationToken cancellationToken) => WithCatalogAsync(
        async () =>
        {
            DatabaseSchema schema = await new SchemaReader(sessions.Catalog, options).ReadAsync(cancellationToken);
            await RequireUnchangedAsync(cancellationToken);
            return schema with { Warnings = [.. schema.Warnings, .. WarningsOfLocks()] };
        },
        cancellationToken);

    public Task<IReadOnlyList<RowRange>> PlanRangesAsync(TableSchema table, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Task.FromResult(RangePlanner.Whole);
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
        var query = new RowQuery(Description.Database, table, range, null);
        await foreach (RowBlock block in new RowReader(reader.Session, query).ReadAsync(cancellationToken))
        {
            yield return block;
        }

        await reader.CompleteAsync(cancellationToken);
    }

    private async Task RequireUnchangedAsync(CancellationToken cancellationToken)
    {
        DefinitionPrint now = await DefinitionPrint.ReadAsync(sessions.Catalog, cancellationToken);
        if (state.Definitions.FindChange(now) is { } change)
        {
            throw Errors.SourceChanged.Create(sessions.Catalog.Address, change);
        }
    }

    private IEnumerable<string> WarningsOfLocks()
    {
        string[] names = [.. state.Tables.Where(table => !table.HasSnapshot).Select(table => $"'{table.Name}' ({table.StorageEngine})")];
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
