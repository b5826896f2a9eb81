using DataResilience.Providers;

namespace DataResilience.Engine.Selection;

/// <summary>
/// Which objects come with the chosen ones. A table brings whatever it cannot exist without, also the table it inherits from. Any
/// other chosen object brings what stands alone, such as a type or a trigger's function; if it needs something of a table that is
/// neither chosen nor there already, it is dropped instead: a foreign key does not bring the other table.
/// </summary>
/// <remarks>Takes time and memory in proportion to the objects and their needs.</remarks>
internal sealed class ObjectSelection
{
    private readonly Dictionary<int, SchemaObject> byId;
    private readonly Func<SchemaObject, bool> isChosen;
    private readonly Func<SchemaObject, bool> isThere;
    private readonly HashSet<int> required;
    private readonly Dictionary<int, SchemaObject> lost = [];

    private ObjectSelection(IReadOnlyList<SchemaObject> all, Func<SchemaObject, bool> isChosen, Func<SchemaObject, bool> isThere)
    {
        byId = all.ToDictionary(item => item.Id);
        this.isChosen = isChosen;
        this.isThere = isThere;
        SchemaObject[] chosen = [.. all.Where(isChosen)];
        required = Reach(chosen.Where(IsTableItself), _ => true);
        FindLost(Reach(chosen, CanBring));
        HashSet<int> kept = Reach(chosen.Where(item => !lost.ContainsKey(item.Id)), CanBring);
        Kept = [.. all.Where(item => kept.Contains(item.Id) || IsAboutKept(item, kept))];
        Dropped = [.. chosen.Where(item => lost.ContainsKey(item.Id) && !IsAbout(item)).Select(item => new DroppedObject(item, lost[item.Id]))];
    }

    /// <summary>What comes, in the order of all.</summary>
    internal IReadOnlyList<SchemaObject> Kept { get; }

    /// <summary>Chosen objects that cannot be made.</summary>
    internal IReadOnlyList<DroppedObject> Dropped { get; }

    /// <param name="all">All objects.</param>
    /// <param name="isChosen">Whether an object is chosen itself, or with its table.</param>
    /// <param name="isThere">Whether an object that is not chosen need not come, because it is where the others go.</param>
    internal static ObjectSelection Of(IReadOnlyList<SchemaObject> all, Func<SchemaObject, bool> isChosen, Func<SchemaObject, bool> isThere) =>
        new(all, isChosen, isThere);

    private static bool IsTableItself(SchemaObject item) => item is { Table: not null, Kind: "table" or "foreign table" };

    /// <summary>What only says something of another object, and comes and goes with it: a function without its REVOKE would be open to all.</summary>
    private static bool IsAbout(SchemaObject item) => item is { Kind: "acl" or "comment" or "security label", DependsOn.Count: > 0 };

    private static bool IsAboutKept(SchemaObject item, HashSet<int> kept) => IsAbout(item) && item.Table is null && item.DependsOn.All(kept.Contains);

    /// <summary>What an object may bring that is no table.</summary>
    private bool CanBring(SchemaObject need) => need.Table is null || required.Contains(need.Id);

    /// <summary>Some objects and what they need, and what that needs, as far as it may be brought.</summary>
    private HashSet<int> Reach(IEnumerable<SchemaObject> from, Func<SchemaObject, bool> canBring)
    {
        SchemaObject[] begin = [.. from];
        var reached = new HashSet<int>(begin.Select(item => item.Id));
        var open = new Stack<SchemaObject>(begin);
        while (open.TryPop(out SchemaObject? item))
        {
            foreach (SchemaObject need in NeedsOf(item))
            {
                if (!lost.ContainsKey(need.Id) && (isChosen(need) || canBring(need)) && reached.Add(need.Id))
                {
                    open.Push(need);
                }
            }
        }

        return reached;
    }

    /// <summary>What lacks a need is lost, and so is what needs it.</summary>
    private void FindLost(HashSet<int> candidates)
    {
        ILookup<int, int> dependents = candidates.SelectMany(id => byId[id].DependsOn, (id, need) => (id, need)).ToLookup(pair => pair.need, pair => pair.id);
        var open = new Queue<SchemaObject>(dependents
            .Where(needed => !candidates.Contains(needed.Key) && byId.TryGetValue(needed.Key, out SchemaObject? need) && !isThere(need))
            .Select(needed => byId[needed.Key]));
        while (open.TryDequeue(out SchemaObject? missing))
        {
            foreach (int dependent in dependents[missing.Id])
            {
                if (!required.Contains(dependent) && lost.TryAdd(dependent, missing))
                {
                    open.Enqueue(byId[dependent]);
                }
            }
        }
    }

    /// <summary>The needs that have to come. A number that no object has says nothing.</summary>
    private IEnumerable<SchemaObject> NeedsOf(SchemaObject item)
    {
        foreach (int id in item.DependsOn)
        {
            if (byId.TryGetValue(id, out SchemaObject? need) && (isChosen(need) || !isThere(need)))
            {
                yield return need;
            }
        }
    }
}
