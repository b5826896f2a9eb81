using DataResilience.Engine.Sealing;
using DataResilience.Providers;

namespace DataResilience.Engine.Packs;

/// <summary>The bytes of one object, in a store or already in memory.</summary>
internal abstract class ObjectBytes(string name, string location, long size)
{
    internal string Name { get; } = name;

    internal string Location { get; } = location;

    internal long Size { get; } = size;

    /// <summary>Looks an object up in a store, unless its size is known.</summary>
    /// <exception cref="DataResilienceException"><c>ObjectMissing</c>.</exception>
    internal static async Task<ObjectBytes> FindAsync(
        IObjectStore store, string name, long? knownSize, CancellationToken cancellationToken)
    {
        long? size = knownSize ?? (await store.FindAsync(name, cancellationToken))?.Size;
        return size is { } found ? new Stored(store, name, found) : throw Missing(store, name);
    }

    internal static ObjectBytes InStore(IObjectStore store, string name, long size) => new Stored(store, name, size);

    internal static ObjectBytes InMemory(string name, string location, ReadOnlyMemory<byte> bytes) =>
        new Held(name, location, bytes);

    /// <summary>Reads exactly these bytes.</summary>
    /// <exception cref="DataResilienceException"><c>ObjectMissing</c>, <c>ObjectDamaged</c>.</exception>
    internal abstract ValueTask<ReadOnlyMemory<byte>> ReadAsync(long offset, int length, CancellationToken cancellationToken);

    /// <summary>Refuses, by its name, an object of a version, a feature or an algorithm that this reader does not know.</summary>
    /// <exception cref="DataResilienceException">
    /// <c>ObjectUnsupported</c>; <c>ObjectDamaged</c> if it is no such object at all.
    /// </exception>
    internal void RequireKnown(ReadOnlySpan<byte> head, ObjectKind kind)
    {
        try
        {
            CommonHeader.Read(Name, head, kind);
        }
        catch (DataResilienceException exception) when (exception.Kind == ErrorKind.Damaged)
        {
            throw Corrupt(ObjectFault.Header, exception.Message, exception);
        }
    }

    internal DataResilienceException Corrupt(string part, string detail, Exception? cause = null) =>
        new ObjectFault(Name, ProblemKind.Corrupt, part, detail).ToException(Location, cause);

    internal DataResilienceException Mismatch(string part, string detail, Exception? cause = null) =>
        new ObjectFault(Name, ProblemKind.Mismatch, part, detail).ToException(Location, cause);

    /// <summary>Reads from a store into a given place, all of it or not at all.</summary>
    /// <exception cref="DataResilienceException"><c>ObjectMissing</c>, <c>ObjectDamaged</c>.</exception>
    internal static async Task ReadExactlyAsync(
        IObjectStore store, string name, string part, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        int count = await store.ReadAsync(name, offset, destination, cancellationToken) ?? throw Missing(store, name);
        if (count != destination.Length)
        {
            string detail = $"the object ends at {offset + count}, {destination.Length - count} bytes too early";
            throw new ObjectFault(name, ProblemKind.Corrupt, part, detail).ToException(store.Location);
        }
    }

    private static DataResilienceException Missing(IObjectStore store, string name) =>
        new ObjectFault(name, ProblemKind.Missing, ObjectFault.Whole, "it is not there").ToException(store.Location);

    private sealed class Stored(IObjectStore store, string name, long size) : ObjectBytes(name, store.Location, size)
    {
        internal override async ValueTask<ReadOnlyMemory<byte>> ReadAsync(
            long offset, int length, CancellationToken cancellationToken)
        {
            byte[] bytes = new byte[length];
            await ReadExactlyAsync(store, Name, ObjectFault.Whole, offset, bytes, cancellationToken);
            return bytes;
        }
    }

    private sealed class Held(string name, string location, ReadOnlyMemory<byte> bytes)
        : ObjectBytes(name, location, bytes.Length)
    {
        internal override ValueTask<ReadOnlyMemory<byte>> ReadAsync(
            long offset, int length, CancellationToken cancellationToken) =>
            ValueTask.FromResult(bytes.Slice((int)offset, length));
    }
}
