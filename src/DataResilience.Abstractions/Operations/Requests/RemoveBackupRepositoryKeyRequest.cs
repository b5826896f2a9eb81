namespace DataResilience;

/// <summary>Removes a key slot. Needs the role Admin.</summary>
public sealed record RemoveBackupRepositoryKeyRequest : RepositoryRequest, IOperationRequest<BackupRepositoryKey>
{
    /// <summary>The name or id of the key.</summary>
    public string Name { get; init; } = "";

    /// <summary>Leaves the repository's keys as they are. What is written from then on stays readable to whoever kept the removed key.</summary>
    public bool KeepGeneration { get; init; }
}
