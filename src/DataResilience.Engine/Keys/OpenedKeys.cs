namespace DataResilience.Engine.Keys;

/// <summary>What opening a repository gives.</summary>
/// <param name="Keys">The opened slot; whoever opened it disposes of it.</param>
/// <param name="Findings">What is wrong with objects that hold keys, though it opened.</param>
internal sealed record OpenedKeys(RepositoryKeys Keys, IReadOnlyList<CopyFinding> Findings)
{
    /// <summary>The newest keyring.</summary>
    public Keyring Keyring => Keys.Keyring;
}
