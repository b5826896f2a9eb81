namespace DataResilience.Engine.Keys;

/// <summary>A new repository, before anything of it is written.</summary>
/// <param name="Keys">Its first slot, opened.</param>
/// <param name="Objects">What to write, in this order.</param>
internal sealed record FoundedRepository(RepositoryKeys Keys, IReadOnlyList<KeyObject> Objects);
