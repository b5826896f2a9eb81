namespace DataResilience.Testing.Databases;

/// <summary>A schema object of a database in memory, beside its tables and their indexes.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name, unique in the database.</param>
/// <param name="Table">The table it belongs to; null for what stands alone.</param>
/// <param name="Needs">The names of the objects that it needs.</param>
public sealed record MemoryObject(string Kind, string Name, string? Table, params IReadOnlyList<string> Needs);
