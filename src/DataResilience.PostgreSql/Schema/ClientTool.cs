namespace DataResilience.PostgreSql;

/// <summary>A program of PostgreSQL's own on this host.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Major">Its major version.</param>
internal sealed record ClientTool(string Path, int Major);
