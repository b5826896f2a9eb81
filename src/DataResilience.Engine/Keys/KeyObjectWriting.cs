using DataResilience.Providers;

namespace DataResilience.Engine.Keys;

/// <summary>Writes objects that hold keys.</summary>
internal static class KeyObjectWriting
{
    /// <returns>True if it is there with these bytes now, be it since before, as after a reply that was lost.</returns>
    internal static async Task<bool> CreateOrMatchAsync(IObjectStore store, KeyObject item, CancellationToken cancellationToken)
    {
        if (await store.CreateAsync(item.Name, item.Content, cancellationToken))
        {
            return true;
        }

        StoredCopy there = await StoredCopy.ReadAsync(store, item.Name, item.Content.Length, cancellationToken);
        return there.Bytes.AsSpan().SequenceEqual(item.Content);
    }
}
