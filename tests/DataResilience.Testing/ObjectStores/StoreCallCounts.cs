using System.Globalization;

namespace DataResilience.Testing.ObjectStores;

/// <summary>
/// How often a store was called and how many bytes went through, by the kind of call and by the first part of the name
/// (<c>packs</c>, <c>backups</c>); prints as a histogram.
/// </summary>
public sealed class StoreCallCounts
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<(StoreCall Call, string Folder), (int Calls, long Bytes)> counts = [];

    /// <summary>All calls.</summary>
    public int Total => Sum(_ => true, count => count.Calls);

    /// <summary>The bytes that reads gave.</summary>
    public long BytesRead => Sum(key => key.Call == StoreCall.Read, count => count.Bytes);

    /// <summary>The bytes of the objects that were created.</summary>
    public long BytesWritten => Sum(key => key.Call == StoreCall.Create, count => count.Bytes);

    /// <summary>The calls of one kind.</summary>
    /// <param name="call">The kind.</param>
    /// <param name="folder">The first part of the names; null for all.</param>
    /// <returns>How many.</returns>
    public int Calls(StoreCall call, string? folder = null) => Sum(key => Matches(key, call, folder), count => count.Calls);

    /// <summary>The bytes of one kind of call.</summary>
    /// <param name="call">The kind.</param>
    /// <param name="folder">The first part of the names; null for all.</param>
    /// <returns>How many.</returns>
    public long Bytes(StoreCall call, string? folder = null) => Sum(key => Matches(key, call, folder), count => count.Bytes);

    public override string ToString()
    {
        lock (gate)
        {
            return string.Join('\n', counts.Select(pair => string.Create(
                CultureInfo.InvariantCulture,
                $"{pair.Key.Call,-8}{pair.Key.Folder,-20}{pair.Value.Calls,8} calls{pair.Value.Bytes,16:N0} bytes")));
        }
    }

    internal void Add(StoreCall call, string name, int calls, long bytes)
    {
        (StoreCall, string) key = (call, name.Split('/')[0]);
        lock (gate)
        {
            (int Calls, long Bytes) old = counts.GetValueOrDefault(key);
            counts[key] = (old.Calls + calls, old.Bytes + bytes);
        }
    }

    private static bool Matches((StoreCall Call, string Folder) key, StoreCall call, string? folder) =>
        key.Call == call && (folder is null || key.Folder == folder);

    private int Sum(Func<(StoreCall Call, string Folder), bool> filter, Func<(int Calls, long Bytes), int> value) =>
        (int)Sum(filter, count => (long)value(count));

    private long Sum(Func<(StoreCall Call, string Folder), bool> filter, Func<(int Calls, long Bytes), long> value)
    {
        lock (gate)
        {
            return counts.Where(pair => filter(pair.Key)).Sum(pair => value(pair.Value));
        }
    }
}
