using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>Which of the objects of a restore belong to tables that were chosen, and which come along because those need them.</summary>
internal sealed class TableChoice
{
    private readonly HashSet<string> names;

    internal TableChoice(TargetOptions options)
    {
        Dictionary<string, string?> owners = options.Objects
            .Where(item => item.Kind is ObjectKind.Table or ObjectKind.ForeignTable)
            .GroupBy(item => $"{item.Schema}.{item.Name}", StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().Table, StringComparer.Ordinal);
        names = options.Tables.Select(table => table.QualifiedName).Concat(options.ChosenTables).ToHashSet(StringComparer.Ordinal);

        // A partition belongs to the table that it is a partition of, and that to another perhaps.
        var open = new Stack<string>(names);
        while (open.TryPop(out string? name))
        {
            if (owners.GetValueOrDefault(name) is { } owner && names.Add(owner))
            {
                open.Push(owner);
            }
        }

        Created = [.. options.Objects.Where(item => item.Kind is ObjectKind.Table or ObjectKind.ForeignTable && names.Contains($"{item.Schema}.{item.Name}"))];
    }

    /// <summary>The chosen tables that have a definition, in the order of their creation.</summary>
    internal IReadOnlyList<SchemaObject> Created { get; }

    /// <summary>The qualified names of the chosen tables.</summary>
    internal IReadOnlyCollection<string> Names => names;

    internal bool Has(string table) => names.Contains(table);

    /// <summary>Whether an object belongs to a chosen table.</summary>
    internal bool Owns(SchemaObject item) => item.Table is { } table && names.Contains(table);

    /// <summary>Whether an object is a foreign key to a table that was not chosen, whose rows may not be there.</summary>
    internal bool LeadsOutside(SchemaObject item) =>
        item.Kind == ObjectKind.ForeignKey && item.Options.TryGetValue(ObjectOption.References, out string? other) && !names.Contains(other);
}
