using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>All objects of a schema while it is put together: those of pg_dump, and after them, with higher numbers, our own.</summary>
internal sealed class SchemaAssembly
{
    private readonly List<PlacedObject> objects;
    private readonly Dictionary<(string Kind, string Schema, string Name), int> idByName = [];
    private int lastId;

    internal SchemaAssembly(IReadOnlyList<PlacedObject> archived)
    {
        objects = [.. archived];
        lastId = archived.Count == 0 ? 0 : archived.Max(item => item.Object.Id);
        foreach (PlacedObject item in archived)
        {
            idByName.TryAdd((item.Object.Kind, item.Object.Schema, item.Object.Name), item.Object.Id);
        }
    }

    /// <summary>Who owns something.</summary>
    internal IEnumerable<string> Owners => objects.Select(item => item.Object.Owner).Where(owner => owner.Length > 0).Distinct(StringComparer.Ordinal);

    /// <summary>A number for one more object.</summary>
    internal int NextId() => ++lastId;

    /// <summary>The number of an object of pg_dump's; none where it left the object out.</summary>
    internal int? FindId(string kind, string schema, string name) =>
        idByName.TryGetValue((kind, schema, name), out int id) ? id : null;

    /// <summary>Makes an object depend on another.</summary>
    internal void AddNeed(int id, int need)
    {
        int place = objects.FindIndex(item => item.Object.Id == id);
        if (place >= 0 && objects[place] is { } found && id != need && !found.Object.DependsOn.Contains(need))
        {
            objects[place] = found with { Object = found.Object with { DependsOn = [.. found.Object.DependsOn, need] } };
        }
    }

    internal void Add(IEnumerable<PlacedObject> items) => objects.AddRange(items);

    /// <summary>In an order in which they can be created: by phase and pass, and in these as pg_dump has them, our own before the rest.</summary>
    internal IReadOnlyList<SchemaObject> InOrder() =>
        [.. objects
            .OrderBy(item => item.Object.Phase)
            .ThenBy(item => item.Pass)
            .ThenBy(item => item.Object.Kind == ObjectKind.SequenceSet ? 0 : 1)
            .Select(item => item.Object)];
}
