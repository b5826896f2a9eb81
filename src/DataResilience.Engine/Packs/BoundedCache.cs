using System.Diagnostics.CodeAnalysis;

namespace DataResilience.Engine.Packs;

/// <summary>Keeps what was used last, up to a total weight. May be used by many threads at once.</summary>
/// <param name="maxWeight">The most weight of all values; one that is heavier alone is not kept.</param>
internal sealed class BoundedCache<TKey, TValue>(long maxWeight)
    where TKey : notnull
{
    private readonly Lock gate = new();
    private readonly Dictionary<TKey, LinkedListNode<Kept>> nodes = [];
    private readonly LinkedList<Kept> byUse = new();
    private long weight;

    /// <summary>The weight of what is kept now.</summary>
    internal long Weight
    {
        get
        {
            lock (gate)
            {
                return weight;
            }
        }
    }

    internal bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (gate)
        {
            bool found = nodes.TryGetValue(key, out LinkedListNode<Kept>? node);
            if (found)
            {
                byUse.Remove(node!);
                byUse.AddFirst(node!);
            }

            value = found ? node!.Value.Value : default;
            return found;
        }
    }

    internal void Add(TKey key, TValue value, long valueWeight)
    {
        lock (gate)
        {
            if (valueWeight > maxWeight || nodes.ContainsKey(key))
            {
                return;
            }

            nodes.Add(key, byUse.AddFirst(new Kept(key, value, valueWeight)));
            weight += valueWeight;
            while (weight > maxWeight)
            {
                Kept oldest = byUse.Last!.Value;
                byUse.RemoveLast();
                nodes.Remove(oldest.Key);
                weight -= oldest.Weight;
            }
        }
    }

    private readonly record struct Kept(TKey Key, TValue Value, long Weight);
}
