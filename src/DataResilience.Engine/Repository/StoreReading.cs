using DataResilience.Providers;

namespace DataResilience.Engine.Repository;

/// <summary>Reads whole objects, bounded.</summary>
internal static class StoreReading
{
    /// <summary>Manifests are the largest objects that are read whole; the format bounds a record at 256 MiB.</summary>
    internal const int MaxObjectBytes = 257 * 1024 * 1024;

    /// <returns>The object's bytes; null if there is no such object.</returns>
    internal static async Task<byte[]?> ReadWholeAsync(this IObjectStore store, string name, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(name, cancellationToken) is not { } description)
        {
            return null;
        }

        if (description.Size > MaxObjectBytes)
        {
            throw Errors.ObjectDamaged.Create(name, $"it has {description.Size} bytes, more than any object of this kind");
        }

        byte[] bytes = new byte[description.Size];
        int? read = await store.ReadAsync(name, 0, bytes, cancellationToken);
        return read switch
        {
            null => null,
            { } length when length == bytes.Length => bytes,
            { } length => throw Errors.ObjectDamaged.Create(name, $"it ends after {length} of {bytes.Length} bytes"),
        };
    }

    /// <summary>Creates an object; one that is there already must be the same, as after a reply that was lost.</summary>
    /// <exception cref="DataResilienceException"><c>ObjectDamaged</c>: another object has the name.</exception>
    internal static async Task CreateOrMatchAsync(this IObjectStore store, string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (await store.CreateAsync(name, content, cancellationToken))
        {
            return;
        }

        byte[]? there = await store.ReadWholeAsync(name, cancellationToken);
        if (there is null || !content.Span.SequenceEqual(there))
        {
            throw Errors.ObjectDamaged.Create(name, "another object stands under its name");
        }
    }
}
