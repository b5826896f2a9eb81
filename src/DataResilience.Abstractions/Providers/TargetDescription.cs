namespace DataResilience.Providers;

/// <summary>What a target can do at once.</summary>
/// <param name="Server">The server; the host's name for an embedded engine.</param>
/// <param name="Database">The database as the user named it; for an embedded engine the path of its file.</param>
/// <param name="MaxLoaders">How many loads may run at once, at least 1.</param>
public sealed record TargetDescription(string Server, string Database, int MaxLoaders);
