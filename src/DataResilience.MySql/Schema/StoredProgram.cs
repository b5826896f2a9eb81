namespace DataResilience.MySql;

/// <summary>A text that the server runs, while it is read.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Owner">Who defined it, as the catalog says: <c>user@host</c>.</param>
internal sealed record StoredProgram(string Kind, string Name, string Owner)
{
    /// <summary>The table of a trigger.</summary>
    internal string? Table { get; init; }

    /// <summary>Its definition; null where it may not be read.</summary>
    internal string? Text { get; init; }

    /// <summary>The settings that it was defined under.</summary>
    internal IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
