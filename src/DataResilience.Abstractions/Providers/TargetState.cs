namespace DataResilience.Providers;

/// <summary>What is at a target now.</summary>
/// <param name="Exists">Whether the database exists.</param>
/// <param name="PlaceExists">Whether the place it would be made in exists.</param>
/// <param name="Tables">The tables in it, qualified as in <see cref="TableSchema.QualifiedName"/>.</param>
/// <param name="FreeSpace">Free bytes; null where it cannot be told.</param>
public sealed record TargetState(bool Exists, bool PlaceExists, IReadOnlyList<string> Tables, long? FreeSpace)
{
    /// <summary>What else stands in the way of the restore, each a sentence without its full stop: a role, an extension that is not there.</summary>
    public IReadOnlyList<string> Obstacles { get; init; } = [];
}
