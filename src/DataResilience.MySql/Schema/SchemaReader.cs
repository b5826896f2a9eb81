using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>Reads the schema of a database.</summary>
internal sealed class SchemaReader(ServerSession session, SnapshotOptions options)
{
    /// <summary>Reads it; definitions are as they are now, so that whoever calls must know that none changes.</summary>
    internal Task<DatabaseSchema> ReadAsync(CancellationToken cancellationToken) => throw new NotSupportedException($"{session.Version} {options.IncludeRoles}");
}
