namespace DataResilience.Providers;

/// <summary>A table whose rows are backed up.</summary>
public sealed record TableSchema
{
    /// <summary>The schema it is in; empty where the engine has none.</summary>
    public string Schema { get; init; } = "";

    /// <summary>Its name, unquoted.</summary>
    public required string Name { get; init; }

    /// <summary>The columns that a row holds, in the order of the row encoding; generated columns are left out.</summary>
    public required IReadOnlyList<ColumnSchema> Columns { get; init; }

    /// <summary>The columns that identify a row; empty where there is no key.</summary>
    public required IReadOnlyList<string> KeyColumns { get; init; }

    /// <summary>The version of the row encoding.</summary>
    public required int RowEncodingVersion { get; init; }

    /// <summary>What else the provider needs to read or load it, by names of its own.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>An estimate of its rows, for progress; null where there is none.</summary>
    public long? EstimatedRows { get; init; }

    /// <summary>Schema and name as users write them to choose a table.</summary>
    public string QualifiedName => Schema.Length == 0 ? Name : $"{Schema}.{Name}";
}
