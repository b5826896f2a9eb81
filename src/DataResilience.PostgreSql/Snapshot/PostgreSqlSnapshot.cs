using System.Runtime.CompilerServices;
using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>A state of a database that several sessions read from.</summary>
internal sealed class PostgreSqlSnapshot : ISourceSnapshot
{
    private readonly Coordinator coordinator;
    private readonly ReaderPool readers;
    private readonly SnapshotOptions options;
    private readonly bool isStandby;
    private readonly LockedTables tables;
    private readonly Dictionary<(string Schema, string Name), SourceRelation> relations;

    /// <summary>Takes over the session that has the snapshot.</summary>
    /// <param name="coordinator">The session.</param>
    /// <param name="readers">The sessions that read.</param>
    /// <param name="tables">The tables that are in the snapshot.</param>
    /// <param name="facts">Where in the log it is.</param>
    /// <param name="options">How it was opened.</param>
    internal PostgreSqlSnapshot(
        Coordinator coordinator, ReaderPool readers, LockedTables tables, PositionFacts facts, SnapshotOptions options)
    {
        this.options = options;
        this.coordinator = coordinator;
        this.readers = readers;
        this.tables = tables;
        relations = tables.All.ToDictionary(relation => (relation.Schema, relation.Name));
        isStandby = facts.IsStandby;
        Description = new SnapshotDescription
        {
            Engine = DatabaseEngine.PostgreSql,
            EngineVersion = coordinator.Version.ToString(),
            Server = coordinator.Address.Host,
            Database = coordinator.Address.Database,
            RecoveryPosition = facts.Position,
            MaxReaders = readers.Count,
        };
    }

    public SnapshotDescription Description { get; }

    /// <summary>Where pg_dump runs.</summary>
    internal ClientHost Host { get; init; } = ClientHost.Local;

    public async Task<DatabaseSchema> ReadSchemaAsync(CancellationToken cancellationToken)
    {
        if (tables.Denied is { } denied)
        {
            throw Errors.PermissionDenied.Create(coordinator.Address, $"the table '{denied.QualifiedName}' may not be read");
        }

        using CoordinatorTurn turn = await coordinator.EnterAsync(cancellationToken);
        var reading = new SchemaReading(coordinator.SnapshotId, options.LockTimeout, options.IncludeRoles, isStandby)
        {
            Hidden = tables.Hidden,
            Takes = tables.Demand.Takes,
        };
        return await new SchemaReader(turn.Session, reading, Host).ReadAsync(cancellationToken);
    }

    public Task<IReadOnlyList<RowRange>> PlanRangesAsync(TableSchema table, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Task.FromResult(RangePlanner.Plan(Find(table), coordinator.Version.Major));
    }

    public IAsyncEnumerable<RowBlock> ReadRowsAsync(TableSchema table, RowRange range, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(range);
        return ReadAsync(table, range, cancellationToken);
    }

    public Task ConfirmAsync(CancellationToken cancellationToken) => coordinator.RequireAliveAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await readers.DisposeAsync();
        await coordinator.DisposeAsync();
    }

    private async IAsyncEnumerable<RowBlock> ReadAsync(
        TableSchema table, RowRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A standby has the definition of an unlogged table and nothing of its rows; to ask for them is an error there.
        if (table.Options.ContainsKey(TableOption.Unreadable) || (isStandby && Find(table) is { IsUnlogged: true }))
        {
            yield break;
        }

        await using Reader reader = await readers.EnterAsync(table.Schema, table.Name, cancellationToken);
        await foreach (RowBlock block in new RowReader(reader, new RowQuery(table, range)).ReadAsync(cancellationToken))
        {
            yield return block;
        }

        await reader.CompleteAsync(cancellationToken);
    }

    private SourceRelation? Find(TableSchema table) => relations.GetValueOrDefault((table.Schema, table.Name));
}
