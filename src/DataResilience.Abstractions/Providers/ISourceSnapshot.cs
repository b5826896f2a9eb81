namespace DataResilience.Providers;

/// <summary>One consistent state of a database, open for reading.</summary>
public interface ISourceSnapshot : IAsyncDisposable
{
    /// <summary>What the snapshot is of.</summary>
    SnapshotDescription Description { get; }

    /// <summary>Reads the schema as it is in the snapshot.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Tables and objects in the order in which they can be created.</returns>
    Task<DatabaseSchema> ReadSchemaAsync(CancellationToken cancellationToken);

    /// <summary>Cuts a table into ranges that stay put between backups, so that unchanged ranges deduplicate.</summary>
    /// <param name="table">A table of the schema.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Ranges that cover every row exactly once, in their order.</returns>
    Task<IReadOnlyList<RowRange>> PlanRangesAsync(TableSchema table, CancellationToken cancellationToken);

    /// <summary>Reads the rows of a range. At most <see cref="SnapshotDescription.MaxReaders"/> reads run at once.</summary>
    /// <param name="table">A table of the schema.</param>
    /// <param name="range">One of its ranges.</param>
    /// <param name="cancellationToken">Ends it, also while the engine waits.</param>
    /// <returns>Blocks in order; the receiver disposes each.</returns>
    IAsyncEnumerable<RowBlock> ReadRowsAsync(TableSchema table, RowRange range, CancellationToken cancellationToken);

    /// <summary>Called once all rows were read: the last chance to find that what was read is not one state.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task, which fails if it is not.</returns>
    Task ConfirmAsync(CancellationToken cancellationToken);
}
