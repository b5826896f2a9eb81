using DataResilience.Engine.Keys;
using DataResilience.Engine.Keys.Memory;
using DataResilience.Providers;

namespace DataResilience.Engine.Repository;

/// <summary>A repository, opened with a key: where objects are, and what may be done with them.</summary>
internal sealed record OpenedRepository
{
    public required string Location { get; init; }

    public required IObjectStore Store { get; init; }

    public required RepositoryKeys Keys { get; init; }

    public required Keyring Keyring { get; init; }

    public required string Fingerprint { get; init; }

    /// <summary>What was wrong with repository.json, slots and keyrings, though the repository opened.</summary>
    public required IReadOnlyList<IntegrityProblem> Problems { get; init; }

    public required ClientMemory Memory { get; init; }

    public string KeyName => Keyring.NameOf(Keys.SlotId);

    /// <summary>The same problems, as opening found them.</summary>
    public IReadOnlyList<CopyFinding> Findings { get; init; } = [];

    /// <summary>Asked before anything is written: a newer version may have put a feature here that this one would spoil.</summary>
    /// <exception cref="DataResilienceException"><c>RepositoryUnsupported</c>.</exception>
    public void RequireWritable() => Keyring.RequireWritable(Location);

    /// <summary>
    /// Called before an operation writes: what of repository.json, slots and keyrings is missing is written again, so that a founding
    /// or a change of keys that a crash interrupted is finished.
    /// </summary>
    /// <exception cref="DataResilienceException"><c>RepositoryUnsupported</c>.</exception>
    public Task BeginWritingAsync(CancellationToken cancellationToken)
    {
        RequireWritable();
        return MissingCopies.RestoreAsync(Store, new OpenedKeys(Keys, Findings), cancellationToken);
    }

    /// <exception cref="DataResilienceException"><c>RoleRequired</c>.</exception>
    public void Require(RepositoryRole role)
    {
        if (!Keys.Roles.HasFlag(role))
        {
            throw Errors.RoleRequired.Create(KeyName, role);
        }
    }
}
