namespace DataResilience;

/// <summary>Lists the key slots.</summary>
public sealed record GetBackupRepositoryKeyRequest : RepositoryRequest, IOperationRequest<IReadOnlyList<BackupRepositoryKey>>
{
    /// <summary>Names or ids, wildcards allowed; empty means all.</summary>
    public IReadOnlyList<string> Name { get; init; } = [];
}
