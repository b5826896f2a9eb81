namespace DataResilience.PostgreSql;

/// <summary>Which tables of a database a snapshot is opened for. The others are locked if that goes at once, and left alone otherwise.</summary>
internal sealed class TableDemand
{
    private readonly HashSet<uint> wanted = [];
    private readonly HashSet<uint> taken = [];

    /// <summary>Finds the tables that the user's choice takes, and those without which these cannot be made.</summary>
    /// <param name="relations">All tables.</param>
    /// <param name="takesTable">The choice; null takes all.</param>
    internal TableDemand(IReadOnlyList<SourceRelation> relations, Func<IReadOnlyList<string>, bool>? takesTable)
    {
        Dictionary<uint, SourceRelation> byOid = relations.ToDictionary(relation => relation.Oid);
        var open = new Stack<SourceRelation>();
        foreach (SourceRelation relation in relations)
        {
            if (takesTable?.Invoke([.. WithParents(relation, byOid)]) != false)
            {
                taken.Add(relation.Oid);
                wanted.Add(relation.Oid);
                open.Push(relation);
            }
        }

        while (open.TryPop(out SourceRelation? relation))
        {
            foreach (uint need in relation.Needs)
            {
                if (byOid.TryGetValue(need, out SourceRelation? needed) && wanted.Add(need))
                {
                    open.Push(needed);
                }
            }
        }
    }

    /// <summary>Whether the user's choice takes the table itself.</summary>
    internal bool Takes(uint oid) => taken.Contains(oid);

    /// <summary>Whether the backup cannot be without the table's definition.</summary>
    internal bool Needs(SourceRelation relation) => wanted.Contains(relation.Oid);

    private static IEnumerable<string> WithParents(SourceRelation relation, Dictionary<uint, SourceRelation> byOid)
    {
        for (SourceRelation? next = relation; next is not null; next = byOid.GetValueOrDefault(next.PartitionOf))
        {
            yield return next.QualifiedName;
        }
    }
}
