using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>An object before it has a number.</summary>
internal sealed record NewObject(string Kind, string Name, SchemaPhase Phase, string Definition)
{
    internal string? Table { get; init; }

    internal string Owner { get; init; } = "";

    internal IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    internal IEnumerable<int> DependsOn { get; init; } = [];
}
