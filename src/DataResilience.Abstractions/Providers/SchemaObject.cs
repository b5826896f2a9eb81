namespace DataResilience.Providers;

/// <summary>Something that is created by a definition.</summary>
public sealed record SchemaObject
{
    /// <summary>Its number in the schema, unique there.</summary>
    public required int Id { get; init; }

    /// <summary>What it is in the engine's own words, lower case: <c>table</c>, <c>index</c>, <c>view</c>, <c>trigger</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The schema it is in; empty where the engine has none.</summary>
    public string Schema { get; init; } = "";

    /// <summary>Its name, unquoted.</summary>
    public required string Name { get; init; }

    /// <summary>The qualified name of the table it belongs to; null for what stands alone. A table belongs to itself; a shadow table belongs to its virtual table.</summary>
    public string? Table { get; init; }

    /// <summary>When it is created.</summary>
    public required SchemaPhase Phase { get; init; }

    /// <summary>The definition that creates it.</summary>
    public required string Definition { get; init; }

    /// <summary>Who owns it; empty where the engine has no owners or the object none of its own.</summary>
    public string Owner { get; init; } = "";

    /// <summary>What else the provider needs to create it, by names of its own.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The ids of the objects that must exist before.</summary>
    public IReadOnlyList<int> DependsOn { get; init; } = [];
}
