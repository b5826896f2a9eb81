using System.Security;

namespace DataResilience;

/// <summary>Adds a key slot. Needs the role Admin, and every role that it gives away.</summary>
public sealed record AddBackupRepositoryKeyRequest : RepositoryRequest, IOperationRequest<BackupRepositoryKey>
{
    /// <summary>The name of the new key, unique in the repository.</summary>
    public string Name { get; init; } = "";

    /// <summary>What the new key may do.</summary>
    public RepositoryRole Role { get; init; }

    /// <summary>The passphrase of the new key, at least 12 characters.</summary>
    public SecureString? NewPassphrase { get; init; }

    /// <summary>The path of the new key's file; made if it does not exist.</summary>
    public string? NewKeyFile { get; init; }
}
