namespace DataResilience.PostgreSql;

/// <summary>The tables of a snapshot, and what is known of each.</summary>
/// <param name="All">All of them.</param>
/// <param name="Demand">Which of them the snapshot is for.</param>
/// <param name="Left">Those that another session has locked, and that nobody needs.</param>
internal sealed record LockedTables(IReadOnlyList<SourceRelation> All, TableDemand Demand, IReadOnlySet<uint> Left)
{
    /// <summary>What must not be touched: pg_dump would have to lock it, and cannot.</summary>
    internal IReadOnlyList<SourceRelation> Hidden =>
        [.. All.Where(relation => !relation.IsSystem && (Left.Contains(relation.Oid) || (!relation.IsReadable && !Demand.Needs(relation))))];

    /// <summary>A table that must be read and may not be; null where there is none.</summary>
    internal SourceRelation? Denied => All.FirstOrDefault(relation => relation is { IsSystem: false, IsReadable: false } && Demand.Needs(relation));
}
