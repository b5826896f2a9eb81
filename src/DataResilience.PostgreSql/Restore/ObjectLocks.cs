using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>
/// What the statement that creates an object locks, so that two that stand in each other's way never run at once: each would wait
/// for the other, or hold a session while it waits. A family is a table with all its partitions and heirs, which a statement on
/// one of them may lock too.
/// </summary>
/// <param name="families">By a table's qualified name the name of its family; a table that is not there is a family of its own.</param>
internal sealed class ObjectLocks(IReadOnlyDictionary<string, string> families)
{
    private readonly Dictionary<string, int> held = new(StringComparer.Ordinal);

    /// <summary>Takes all locks of an object if they are free.</summary>
    internal bool TryTake(SchemaObject item)
    {
        List<(string Name, bool IsExclusive)> wanted = [.. LocksOf(item)];
        if (wanted.Any(item => held.GetValueOrDefault(item.Name) is var count && (count < 0 || (item.IsExclusive && count > 0))))
        {
            return false;
        }

        foreach ((string name, bool isExclusive) in wanted)
        {
            held[name] = isExclusive ? -1 : held.GetValueOrDefault(name) + 1;
        }

        return true;
    }

    /// <summary>Gives the locks of an object back.</summary>
    internal void Release(SchemaObject item)
    {
        foreach ((string name, bool isExclusive) in LocksOf(item))
        {
            held[name] = isExclusive ? 0 : held[name] - 1;
        }
    }

    private IEnumerable<(string Name, bool IsExclusive)> LocksOf(SchemaObject item)
    {
        if (item.Table is null)
        {
            return [];
        }

        string family = Family(item.Table);
        return item.Kind switch
        {
            ObjectKind.Index => [(family, false), ($"table {item.Table}", false)],
            ObjectKind.Constraint => [(family, false), ($"table {item.Table}", true)],
            ObjectKind.SequenceSet or ObjectKind.SequenceOwnedBy or ObjectKind.LargeObject or ObjectKind.Refresh or "materialized view data" => [],
            ObjectKind.ForeignKey when item.Options.TryGetValue(ObjectOption.References, out string? other) && Family(other) != family =>
                [(family, true), (Family(other), true)],
            _ => [(family, true)],
        };
    }

    private string Family(string table) => $"family {families.GetValueOrDefault(table, table)}";
}
