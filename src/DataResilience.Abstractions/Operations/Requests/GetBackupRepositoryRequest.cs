namespace DataResilience;

/// <summary>Opens a repository and tells what it holds.</summary>
public sealed record GetBackupRepositoryRequest : RepositoryRequest, IOperationRequest<BackupRepository>;
