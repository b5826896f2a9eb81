using DataResilience.Providers;

namespace DataResilience.Engine.Selection;

/// <summary>The tables that were chosen by name, and every object that belongs to them or that they need.</summary>
internal sealed record SchemaSelection
{
    /// <summary>The qualified names of the chosen tables.</summary>
    public required IReadOnlySet<string> Tables { get; init; }

    public required IReadOnlyList<SchemaObject> Objects { get; init; }

    /// <summary>Objects left out because they need something that was left out.</summary>
    public required IReadOnlyList<SchemaObject> Dropped { get; init; }

    /// <summary>Whether only a part of the database was chosen.</summary>
    public required bool IsPartial { get; init; }

    /// <summary>Patterns to leave out that matched nothing; worth a warning.</summary>
    public required IReadOnlyList<string> UselessExclusions { get; init; }

    /// <param name="tables">The qualified names of all tables.</param>
    /// <param name="objects">All objects, in an order in which they can be created.</param>
    /// <param name="filter">What the user chose.</param>
    /// <param name="noMatch">Makes the error for a pattern that matches no table.</param>
    internal static SchemaSelection Of(
        IReadOnlyCollection<string> tables, IReadOnlyList<SchemaObject> objects, NameFilter filter, Func<string, DataResilienceException> noMatch)
    {
        Dictionary<string, string> ownerByTable = OwnersOf(objects);
        string[] names = [.. tables.Concat(ownerByTable.Values).Distinct(StringComparer.Ordinal)];
        foreach (string pattern in filter.Unmatched(names))
        {
            throw noMatch(pattern);
        }

        bool Takes(string table) => filter.Takes(table, ownerByTable.GetValueOrDefault(table, table));
        SchemaObject[] owned = [.. objects.Where(item => item.Table is null ? !filter.ChoosesByName : Takes(item.Table))];
        (IReadOnlyList<SchemaObject> kept, IReadOnlyList<SchemaObject> dropped) = filter.ChoosesByName
            ? (WithNeeds(owned, objects), [])
            : WithoutOrphans(owned);
        return new SchemaSelection
        {
            Tables = tables.Where(Takes).ToHashSet(StringComparer.Ordinal),
            Objects = kept,
            Dropped = dropped,
            IsPartial = !filter.IsEverything,
            UselessExclusions = [.. filter.UnmatchedExclusions(names)],
        };
    }

    /// <summary>A table belongs to itself; a shadow table to its virtual table.</summary>
    private static Dictionary<string, string> OwnersOf(IReadOnlyList<SchemaObject> objects)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (SchemaObject item in objects.Where(item => item is { Kind: "table", Table: not null }))
        {
            owners[item.Schema.Length == 0 ? item.Name : $"{item.Schema}.{item.Name}"] = item.Table!;
        }

        return owners;
    }

    /// <summary>Chosen by name: what a chosen object needs comes along.</summary>
    private static IReadOnlyList<SchemaObject> WithNeeds(IReadOnlyList<SchemaObject> chosen, IReadOnlyList<SchemaObject> all)
    {
        Dictionary<int, SchemaObject> byId = all.ToDictionary(item => item.Id);
        var wanted = new HashSet<int>();
        var open = new Stack<SchemaObject>(chosen);
        while (open.TryPop(out SchemaObject? item))
        {
            if (wanted.Add(item.Id))
            {
                foreach (int need in item.DependsOn)
                {
                    open.Push(byId[need]);
                }
            }
        }

        return [.. all.Where(item => wanted.Contains(item.Id))];
    }

    /// <summary>Left out by name: what needs a left-out object goes as well. Objects come after what they need.</summary>
    private static (IReadOnlyList<SchemaObject> Kept, IReadOnlyList<SchemaObject> Dropped) WithoutOrphans(IReadOnlyList<SchemaObject> chosen)
    {
        var kept = new List<SchemaObject>();
        var dropped = new List<SchemaObject>();
        var present = new HashSet<int>();
        foreach (SchemaObject item in chosen)
        {
            if (item.DependsOn.All(present.Contains))
            {
                kept.Add(item);
                present.Add(item.Id);
            }
            else
            {
                dropped.Add(item);
            }
        }

        return (kept, dropped);
    }
}
