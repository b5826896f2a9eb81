namespace DataResilience;

/// <summary>Reports what no backup needs, and rebuilds the index from the packs.</summary>
public sealed record OptimizeBackupRepositoryRequest : RepositoryRequest, IOperationRequest<RepositoryOptimization>
{
    /// <summary>Whether to rebuild the index from the packs. Without it nothing is changed.</summary>
    public bool RebuildIndex { get; init; }
}
