namespace DataResilience.PostgreSql;

/// <summary>A relation of the user's as the catalogs have it.</summary>
/// <param name="Oid">Its number.</param>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">The letter of its kind: r table, p partitioned table, f foreign table, v view, m materialized view, S sequence, i and I index.</param>
/// <param name="Parent">The partitioned table that a partition is of; 0 for what is none.</param>
/// <param name="IsPopulated">Whether a materialized view holds its rows.</param>
internal sealed record Relation(uint Oid, string Schema, string Name, char Kind, uint Parent, bool IsPopulated)
{
    internal string QualifiedName => $"{Schema}.{Name}";

    internal string Sql => SqlName.Quote(Schema, Name);

    /// <summary>Whether users choose it by name, with all that belongs to it.</summary>
    internal bool IsTable => Kind is 'r' or 'p' or 'f';
}
