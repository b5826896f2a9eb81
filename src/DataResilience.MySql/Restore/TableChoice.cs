using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>Which of the objects of a restore belong to tables that were chosen, and which come along because those need them.</summary>
internal sealed class TableChoice
{
    private readonly HashSet<string> names;

    internal TableChoice(TargetOptions options)
    {
        names = options.Tables.Select(table => table.QualifiedName)
            .Concat(options.Objects.Where(item => item.Kind is ObjectKind.Table).Select(item => item.Name))
            .ToHashSet(StringComparer.Ordinal);
        Made = [.. options.Objects.Where(item => item.Kind is ObjectKind.Table or ObjectKind.Sequence).Select(item => item.Name)];
    }

    /// <summary>The tables and sequences that are made.</summary>
    internal IReadOnlyList<string> Made { get; }

    /// <summary>The tables that are restored.</summary>
    internal IReadOnlyCollection<string> Names => names;

    /// <summary>Whether an object is a foreign key to a table that is not restored, whose rows may not be there.</summary>
    internal bool LeadsOutside(SchemaObject item) =>
        item.Kind == ObjectKind.ForeignKey && item.Options.TryGetValue(ObjectOption.References, out string? other) && !names.Contains(other);
}
