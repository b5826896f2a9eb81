using System.Security;

namespace DataResilience;

/// <summary>What every request to a repository has in common.</summary>
public abstract record RepositoryRequest
{
    /// <summary>The repository.</summary>
    public RepositoryReference? Repository { get; init; }

    /// <summary>The passphrase that opens it; not needed where <see cref="Repository"/> carries an opened key.</summary>
    public SecureString? Passphrase { get; init; }

    /// <summary>The path of the key file that opens it.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The fingerprint it must have; remembered for this location from then on.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Accepts, once, that the repository is older than what was seen before.</summary>
    public bool AcceptRollback { get; init; }
}
