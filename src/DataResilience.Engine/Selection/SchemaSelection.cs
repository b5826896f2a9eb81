using DataResilience.Providers;

namespace DataResilience.Engine.Selection;

/// <summary>The tables that were chosen by name, and every object that belongs to them or that they need.</summary>
internal sealed record SchemaSelection
{
    /// <summary>The qualified names of the chosen tables that have rows.</summary>
    public required IReadOnlySet<string> Tables { get; init; }

    /// <summary>The qualified names of everything that was chosen as a table is, with rows of its own or without.</summary>
    public required IReadOnlySet<string> Chosen { get; init; }

    public required IReadOnlyList<SchemaObject> Objects { get; init; }

    /// <summary>Objects left out because they need something that was left out.</summary>
    public required IReadOnlyList<DroppedObject> Dropped { get; init; }

    /// <summary>Whether only a part of the database was chosen.</summary>
    public required bool IsPartial { get; init; }

    /// <summary>Whether chosen objects need tables that were not chosen: whether these are in the target makes a difference then.</summary>
    public required bool GoesBeyond { get; init; }

    /// <summary>Patterns to leave out that matched nothing; worth a warning.</summary>
    public required IReadOnlyList<string> UselessExclusions { get; init; }

    /// <param name="tables">The qualified names of all tables.</param>
    /// <param name="objects">All objects, in an order in which they can be created.</param>
    /// <param name="filter">What the user chose.</param>
    /// <param name="noMatch">Makes the error for a pattern that matches no table.</param>
    /// <param name="present">The qualified names of tables that are in the target already.</param>
    internal static SchemaSelection Of(
        IReadOnlyCollection<string> tables,
        IReadOnlyList<SchemaObject> objects,
        NameFilter filter,
        Func<string, DataResilienceException> noMatch,
        params IReadOnlyCollection<string> present)
    {
        Dictionary<string, string> ownerByTable = OwnersOf(objects);
        string[] names = [.. tables.Concat(ownerByTable.Values).Distinct(StringComparer.Ordinal)];
        foreach (string pattern in filter.Unmatched(names))
        {
            throw noMatch(pattern);
        }

        HashSet<string> taken = [.. names
            .Concat(objects.Select(TableOf).OfType<string>())
            .Distinct(StringComparer.Ordinal)
            .Where(name => filter.Takes([.. WithOwners(name, ownerByTable)]))];
        HashSet<string> there = [.. present];
        bool IsChosen(SchemaObject item) => TableOf(item) is not { } table ? !filter.ChoosesByName : taken.Contains(table);
        ObjectSelection selected = ObjectSelection.Of(objects, IsChosen, item => TableOf(item) is { } table && there.Contains(table));
        return new SchemaSelection
        {
            Tables = tables.Where(taken.Contains).ToHashSet(StringComparer.Ordinal),
            Chosen = taken,
            Objects = selected.Kept,
            Dropped = selected.Dropped,
            IsPartial = !filter.IsEverything,
            GoesBeyond = selected.Dropped.Count > 0 || selected.Kept.Any(item => TableOf(item) is { } table && !taken.Contains(table)),
            UselessExclusions = [.. filter.UnmatchedExclusions(names)],
        };
    }

    /// <summary>What the user should know of the choice, each a sentence.</summary>
    internal IEnumerable<string> Warnings() =>
        UselessExclusions.Select(pattern => $"No table matches '{pattern}', which -ExcludeTable leaves out. Check the name.")
            .Concat(Dropped.Select(dropped => dropped.ToString()));

    /// <summary>A table belongs to itself; a shadow table to its virtual table, a partition to the table that it is one of.</summary>
    private static Dictionary<string, string> OwnersOf(IReadOnlyList<SchemaObject> objects)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (SchemaObject item in objects.Where(IsTableItself))
        {
            owners[TableOf(item)!] = item.Table!;
        }

        return owners;
    }

    /// <summary>The table by which an object is chosen: its own name for a table, so that a partition can be chosen without the others.</summary>
    private static string? TableOf(SchemaObject item) =>
        IsTableItself(item) ? item.Schema.Length == 0 ? item.Name : $"{item.Schema}.{item.Name}" : item.Table;

    private static bool IsTableItself(SchemaObject item) => item is { Kind: "table", Table: not null };

    /// <summary>A table, what it belongs to, and so on: a partition of a partition is chosen by any of them.</summary>
    private static IEnumerable<string> WithOwners(string name, Dictionary<string, string> owners)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (string? next = name; next is not null && seen.Add(next); next = owners.GetValueOrDefault(next))
        {
            yield return next;
        }
    }
}
