namespace DataResilience.Providers;

/// <summary>A database that is being restored, out of sight until it is committed. Disposed uncommitted, it leaves nothing behind.</summary>
public interface IRestoreTarget : IAsyncDisposable
{
    /// <summary>What it can do at once.</summary>
    TargetDescription Description { get; }

    /// <summary>Creates schema objects so that each comes after what it depends on.</summary>
    /// <param name="objects">Objects of one phase, in an order in which they can be created.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task.</returns>
    Task CreateObjectsAsync(IReadOnlyList<SchemaObject> objects, CancellationToken cancellationToken);

    /// <summary>
    /// Loads rows into a table. At most <see cref="TargetDescription.MaxLoaders"/> loads run at once; where that is more than one,
    /// several of them may be of the same table.
    /// </summary>
    /// <param name="table">The table as it was backed up.</param>
    /// <param name="rows">Blocks of whole rows in order; this method disposes each.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How many rows were loaded.</returns>
    Task<long> LoadRowsAsync(TableSchema table, IAsyncEnumerable<RowBlock> rows, CancellationToken cancellationToken);

    /// <summary>Lets the engine gather what its query planner needs to know of the restored rows.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was gathered, for the user; null where the engine has no such thing.</returns>
    Task<string?> CollectStatisticsAsync(CancellationToken cancellationToken);

    /// <summary>Lets the engine check what was restored: structure, foreign keys.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What the engine found wrong.</returns>
    Task<TargetCheck> CheckAsync(CancellationToken cancellationToken);

    /// <summary>Opens what was restored for reading, so that its digests can be compared.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A snapshot of the uncommitted target.</returns>
    Task<ISourceSnapshot> OpenProofAsync(CancellationToken cancellationToken);

    /// <summary>Puts the restored database, or tables, under the wanted name in one step, durably.</summary>
    /// <param name="cancellationToken">Ends it before the step; the step itself is not interrupted.</param>
    /// <returns>What the user should know of a restore that is done nonetheless, each a clause without its full stop: what it replaced and could not remove.</returns>
    Task<IReadOnlyList<string>> CommitAsync(CancellationToken cancellationToken);
}
