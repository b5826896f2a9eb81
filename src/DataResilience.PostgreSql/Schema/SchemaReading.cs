namespace DataResilience.PostgreSql;

/// <summary>How a schema is read.</summary>
/// <param name="SnapshotId">The exported snapshot that the session stands in.</param>
/// <param name="LockTimeout">How long to wait for a table that another session locks.</param>
/// <param name="IncludeRoles">Whether the definitions of the roles that the database needs are read too, not their names alone.</param>
/// <param name="IsStandby">Whether the server is a standby.</param>
internal sealed record SchemaReading(string SnapshotId, TimeSpan LockTimeout, bool IncludeRoles, bool IsStandby)
{
    /// <summary>Tables that are not to be read, and whose definitions cannot be.</summary>
    internal IReadOnlyList<SourceRelation> Hidden { get; init; } = [];

    /// <summary>Whether the user's choice takes a table.</summary>
    internal Func<uint, bool> Takes { get; init; } = _ => true;
}
