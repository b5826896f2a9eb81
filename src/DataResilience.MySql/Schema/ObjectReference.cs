namespace DataResilience.MySql;

/// <summary>A table, view, sequence or function that a definition names.</summary>
/// <param name="Database">Its database; empty where it is that of the definition.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsRoutine">Whether it is a function.</param>
internal readonly record struct ObjectReference(string Database, string Name, bool IsRoutine);
