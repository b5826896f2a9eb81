namespace DataResilience.Providers;

/// <summary>The schema of a database as it is in a snapshot.</summary>
public sealed record DatabaseSchema
{
    /// <summary>Properties of the database as a whole, by the engine's own names, for example <c>user_version</c>.</summary>
    public required IReadOnlyDictionary<string, string> Properties { get; init; }

    /// <summary>The tables whose rows are backed up.</summary>
    public required IReadOnlyList<TableSchema> Tables { get; init; }

    /// <summary>Everything that is created by a definition, tables included, in an order in which it can be created.</summary>
    public required IReadOnlyList<SchemaObject> Objects { get; init; }

    /// <summary>What the database has and a backup of it will not hold, each a sentence for the user.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
