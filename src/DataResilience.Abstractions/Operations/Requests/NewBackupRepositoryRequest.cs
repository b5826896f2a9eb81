using System.Security;

namespace DataResilience;

/// <summary>Makes a repository in an empty place.</summary>
public sealed record NewBackupRepositoryRequest : IOperationRequest<BackupRepository>
{
    /// <summary>Where to make it.</summary>
    public RepositoryReference? Repository { get; init; }

    /// <summary>The passphrase of its first key, at least 12 characters.</summary>
    public SecureString? Passphrase { get; init; }

    /// <summary>The path of the key file of its first key; made if it does not exist.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The name of its first key.</summary>
    public string Name { get; init; } = "owner";
}
