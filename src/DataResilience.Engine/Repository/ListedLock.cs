using DataResilience.Providers;

namespace DataResilience.Engine.Repository;

/// <summary>A lock with its renewals and its end as the store lists them; whose they are is not known before they are read.</summary>
/// <param name="Name">The name of its first object.</param>
/// <param name="StoredAt">When the store took that in, by its own clock.</param>
internal sealed record ListedLock(string Name, DateTimeOffset StoredAt)
{
    internal List<ObjectDescription> Renewals { get; } = [];

    internal bool HasEnd { get; private set; }

    internal DateTimeOffset Newest => Renewals.Select(renewal => renewal.StoredAt).Append(StoredAt).Max();

    /// <summary>Reads a listing in the order of the store, in which a lock comes before its renewals, since their names begin with its own.</summary>
    /// <returns>The locks, the oldest first.</returns>
    internal static async Task<IReadOnlyList<ListedLock>> ListAsync(IObjectStore store, CancellationToken cancellationToken)
    {
        var locks = new Dictionary<string, ListedLock>(StringComparer.Ordinal);
        await foreach (ObjectDescription found in store.ListAsync(ObjectNames.Locks, cancellationToken))
        {
            string name = ObjectNames.LockOf(found.Name);
            if (found.Name == name)
            {
                locks.Add(name, new ListedLock(name, found.StoredAt));
            }
            else if (locks.TryGetValue(name, out ListedLock? known))
            {
                known.Add(found);
            }
        }

        return [.. locks.Values.OrderBy(item => item.StoredAt).ThenBy(item => item.Name, StringComparer.Ordinal)];
    }

    /// <summary>Of two locks the one that the store has had for longer stays; where its clock does not tell, the name decides.</summary>
    internal bool IsOlderThan(ListedLock other) =>
        StoredAt == other.StoredAt ? string.CompareOrdinal(Name, other.Name) < 0 : StoredAt < other.StoredAt;

    private void Add(ObjectDescription found)
    {
        if (found.Name == ObjectNames.End(Name))
        {
            HasEnd = true;
        }
        else
        {
            Renewals.Add(found);
        }
    }
}
