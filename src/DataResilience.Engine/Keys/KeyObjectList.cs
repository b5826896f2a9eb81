using DataResilience.Providers;

namespace DataResilience.Engine.Keys;

/// <summary>The names of the objects in a folder of twice-stored objects and among its copies.</summary>
internal static class KeyObjectList
{
    /// <summary>More slots or keyrings than anybody has; a limit on what an attacker can make a reader do.</summary>
    internal const int MaxObjects = 10_000;

    internal static async Task<SortedSet<string>> ReadAsync(IObjectStore store, string folder, CancellationToken cancellationToken)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string prefix in new[] { folder, KeyObjectNames.CopyOf(folder) })
        {
            int count = 0;
            await foreach (ObjectDescription found in store.ListAsync(prefix, cancellationToken))
            {
                names.Add(found.Name);
                if (++count > MaxObjects)
                {
                    throw Errors.ObjectDamaged.Create(prefix, $"there are more than {MaxObjects} objects");
                }
            }
        }

        return names;
    }
}
