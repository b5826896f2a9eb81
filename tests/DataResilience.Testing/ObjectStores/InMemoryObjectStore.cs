using System.Runtime.CompilerServices;
using DataResilience.Engine.ObjectStores;
using DataResilience.Providers;

namespace DataResilience.Testing.ObjectStores;

/// <summary>An object store in memory. Tests may look into it, damage it and copy it.</summary>
/// <param name="clock">The store's clock; the system's if null.</param>
public sealed class InMemoryObjectStore(TimeProvider? clock = null) : IObjectStore
{
    private readonly Lock gate = new();
    private readonly TimeProvider clock = clock ?? TimeProvider.System;
    private readonly SortedDictionary<string, StoredObject> objects = new(StringComparer.Ordinal);

    public string Location { get; init; } = "memory:";

    /// <summary>The names of all objects, in ordinal order.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (gate)
            {
                return [.. objects.Keys];
            }
        }
    }

    /// <summary>The bytes of an object, a copy.</summary>
    public byte[] Content(string name)
    {
        lock (gate)
        {
            return [.. objects[name].Content];
        }
    }

    /// <summary>Puts bytes under a name whatever is there, as nobody can through the interface. An object keeps its time.</summary>
    public void Overwrite(string name, byte[] content)
    {
        ObjectName.Check(name);
        lock (gate)
        {
            DateTimeOffset storedAt = objects.TryGetValue(name, out StoredObject? old) ? old.StoredAt : clock.GetUtcNow();
            objects[name] = new StoredObject([.. content], storedAt);
        }
    }

    /// <summary>Flips one bit of an object.</summary>
    public void FlipBit(string name, long bit)
    {
        byte[] content = Content(name);
        content[bit / 8] ^= (byte)(1 << (int)(bit % 8));
        Overwrite(name, content);
    }

    /// <summary>Another store with the same objects, to damage or to continue from.</summary>
    public InMemoryObjectStore Copy()
    {
        var copy = new InMemoryObjectStore(clock) { Location = Location };
        lock (gate)
        {
            foreach ((string name, StoredObject stored) in objects)
            {
                copy.objects.Add(name, stored);
            }
        }

        return copy;
    }

    public Task<bool> CreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        ObjectName.Check(name);
        return Run(() => objects.TryAdd(name, new StoredObject(content.ToArray(), clock.GetUtcNow())), cancellationToken);
    }

    public Task<int?> ReadAsync(string name, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        ObjectName.Check(name);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return Run(() => objects.TryGetValue(name, out StoredObject? stored) ? stored.Read(offset, destination.Span) : (int?)null, cancellationToken);
    }

    public Task<ObjectDescription?> FindAsync(string name, CancellationToken cancellationToken)
    {
        ObjectName.Check(name);
        return Run(() => objects.TryGetValue(name, out StoredObject? stored) ? stored.Describe(name) : null, cancellationToken);
    }

    public IAsyncEnumerable<ObjectDescription> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        ObjectName.CheckPrefix(prefix);
        return ListAllAsync(prefix, cancellationToken);
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        ObjectName.Check(name);
        return Run(() => objects.Remove(name), cancellationToken);
    }

    private async IAsyncEnumerable<ObjectDescription> ListAllAsync(
        string prefix,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<ObjectDescription> found = await Run(() => Describe(prefix), cancellationToken);
        foreach (ObjectDescription description in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return description;
        }
    }

    private List<ObjectDescription> Describe(string prefix) =>
        [.. objects.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(pair => pair.Value.Describe(pair.Key))];

    private Task<T> Run<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        lock (gate)
        {
            return Task.FromResult(work());
        }
    }

    private sealed record StoredObject(byte[] Content, DateTimeOffset StoredAt)
    {
        public ObjectDescription Describe(string name) => new(name, Content.Length, StoredAt);

        public int Read(long offset, Span<byte> destination)
        {
            int start = (int)Math.Min(offset, Content.Length);
            int count = Math.Min(destination.Length, Content.Length - start);
            Content.AsSpan(start, count).CopyTo(destination);
            return count;
        }
    }
}
