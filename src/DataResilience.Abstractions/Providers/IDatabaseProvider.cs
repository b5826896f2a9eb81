namespace DataResilience.Providers;

/// <summary>What an engine must be able to do to be backed up and restored.</summary>
public interface IDatabaseProvider
{
    /// <summary>The engines this provider answers for.</summary>
    IReadOnlyList<DatabaseEngine> Engines { get; }

    /// <summary>How rows are told apart in a chunk.</summary>
    IRowFormat RowFormat { get; }

    /// <summary>Lists the databases at an endpoint; opens nothing for writing.</summary>
    /// <param name="endpoint">A database, a server, or for an embedded engine a file or directory.</param>
    /// <param name="options">Which of them, and how closely to look.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The databases, ordered by name.</returns>
    Task<IReadOnlyList<Database>> ListDatabasesAsync(DatabaseEndpoint endpoint, DatabaseListOptions options, CancellationToken cancellationToken);

    /// <summary>Opens one consistent state of a database.</summary>
    /// <param name="source">The database.</param>
    /// <param name="options">How to open it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The snapshot, which holds until it is disposed.</returns>
    Task<ISourceSnapshot> OpenSnapshotAsync(DatabaseEndpoint source, SnapshotOptions options, CancellationToken cancellationToken);

    /// <summary>Looks at a target without changing it.</summary>
    /// <param name="target">Where a restore would go.</param>
    /// <param name="options">What would be restored.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What is there now, and what stands in the way.</returns>
    Task<TargetState> InspectTargetAsync(DatabaseEndpoint target, TargetOptions options, CancellationToken cancellationToken);

    /// <summary>Begins a restore. Nothing appears under the target's name until <see cref="IRestoreTarget.CommitAsync"/>.</summary>
    /// <param name="target">Where to restore to.</param>
    /// <param name="options">What will be restored.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The target; disposing it uncommitted removes everything it made.</returns>
    Task<IRestoreTarget> OpenTargetAsync(DatabaseEndpoint target, TargetOptions options, CancellationToken cancellationToken);
}
