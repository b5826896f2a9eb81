namespace DataResilience.Engine.Keys;

/// <summary>Something is wrong with an object that holds keys, and the repository opened nevertheless.</summary>
/// <param name="Name">The object's place in the store.</param>
/// <param name="Kind">What is wrong.</param>
/// <param name="Detail">What was found.</param>
internal sealed record CopyFinding(string Name, CopyFault Kind, string Detail);
