using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>All objects of a schema while it is put together, in the order in which they can be created.</summary>
/// <param name="areNamesCaseSensitive">Whether the server tells names of tables apart by case.</param>
internal sealed class SchemaAssembly(bool areNamesCaseSensitive)
{
    private readonly List<SchemaObject> objects = [];
    private readonly List<string> warnings = [];
    private readonly Dictionary<(string Kind, string Name), int> ids = [];

    internal IReadOnlyList<SchemaObject> Objects => objects;

    internal IReadOnlyList<string> Warnings => warnings;

    /// <summary>Adds an object, which gets the next number.</summary>
    internal void Add(NewObject item)
    {
        int id = objects.Count + 1;
        ids.TryAdd((item.Kind, Fold(item.Kind, item.Name)), id);
        objects.Add(new SchemaObject
        {
            Id = id,
            Kind = item.Kind,
            Name = item.Name,
            Table = item.Table,
            Phase = item.Phase,
            Definition = item.Definition,
            Owner = item.Owner,
            Options = item.Options,
            DependsOn = [.. item.DependsOn.Distinct().Order()],
        });
    }

    internal void Warn(string sentence) => warnings.Add(sentence);

    /// <summary>The numbers of the objects that have a name and one of some kinds: at most one of each.</summary>
    internal IEnumerable<int> Find(string name, params IEnumerable<string> kinds)
    {
        foreach (string kind in kinds)
        {
            if (ids.TryGetValue((kind, Fold(kind, name)), out int id))
            {
                yield return id;
            }
        }
    }

    /// <summary>Routines and events are the same in any case, whatever holds for tables.</summary>
    private string Fold(string kind, string name) =>
        areNamesCaseSensitive && kind is ObjectKind.Table or ObjectKind.View or ObjectKind.Sequence or ObjectKind.Trigger
            ? name
            : name.ToUpperInvariant();
}
