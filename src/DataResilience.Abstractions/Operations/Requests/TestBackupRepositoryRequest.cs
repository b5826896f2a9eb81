namespace DataResilience;

/// <summary>Tries out whether the object store does what a repository needs, and whether identity, keyring and slots are in order.</summary>
public sealed record TestBackupRepositoryRequest : RepositoryRequest, IOperationRequest<IReadOnlyList<RepositoryCheck>>;
