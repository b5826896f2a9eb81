using System.Runtime.CompilerServices;
using DataResilience.Providers;

namespace DataResilience.Testing.ObjectStores;

/// <summary>A store around another one in which a script makes things go wrong, and which counts what it is asked for.</summary>
/// <param name="inner">The store.</param>
/// <param name="script">What goes wrong; nothing if null.</param>
public sealed class FaultingObjectStore(IObjectStore inner, FaultScript? script = null) : IObjectStore
{
    private readonly FaultScript script = script ?? new FaultScript();
    private volatile bool crashed;

    public string Location => inner.Location;

    /// <summary>What was asked for so far.</summary>
    public StoreCallCounts Counts { get; } = new();

    /// <summary>Whether a simulated crash has happened.</summary>
    public bool HasCrashed => crashed;

    public Task<bool> CreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        RunAsync(StoreCall.Create, name, async () =>
        {
            bool created = await inner.CreateAsync(name, content, cancellationToken);
            Counts.Add(StoreCall.Create, name, 0, created ? content.Length : 0);
            return created;
        });

    public async Task<int?> ReadAsync(string name, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        StoreFault? fault = Begin(StoreCall.Read, name);
        int? count = await inner.ReadAsync(name, offset, destination, cancellationToken);
        Counts.Add(StoreCall.Read, name, 0, count ?? 0);
        End(StoreCall.Read, name, fault);
        return fault switch
        {
            StoreFault.Truncation truncation when count is not null => Math.Min(count.Value, truncation.KeptBytes),
            StoreFault.BitFlip flip when count > 0 => Flip(destination.Span[..count.Value], flip.Bit),
            _ => count,
        };
    }

    public Task<ObjectDescription?> FindAsync(string name, CancellationToken cancellationToken) =>
        RunAsync(StoreCall.Find, name, () => inner.FindAsync(name, cancellationToken));

    public IAsyncEnumerable<ObjectDescription> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        IAsyncEnumerable<ObjectDescription> objects = inner.ListAsync(prefix, cancellationToken);
        return ListAllAsync(objects, prefix, cancellationToken);
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        RunAsync(StoreCall.Delete, name, async () =>
        {
            await inner.DeleteAsync(name, cancellationToken);
            return true;
        });

    private static int Flip(Span<byte> content, long bit)
    {
        long place = bit % (content.Length * 8L);
        content[(int)(place / 8)] ^= (byte)(1 << (int)(place % 8));
        return content.Length;
    }

    private async IAsyncEnumerable<ObjectDescription> ListAllAsync(
        IAsyncEnumerable<ObjectDescription> objects,
        string prefix,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StoreFault? fault = Begin(StoreCall.List, prefix);
        await foreach (ObjectDescription found in objects.WithCancellation(cancellationToken))
        {
            ThrowIfCrashed(StoreCall.List, prefix);
            yield return found;
        }

        End(StoreCall.List, prefix, fault);
    }

    private async Task<T> RunAsync<T>(StoreCall call, string name, Func<Task<T>> work)
    {
        StoreFault? fault = Begin(call, name);
        T result = await work();
        End(call, name, fault);
        return result;
    }

    private StoreFault? Begin(StoreCall call, string name)
    {
        ThrowIfCrashed(call, name);
        Counts.Add(call, name, 1, 0);
        StoreFault? fault = script.Next(call, name);
        if (fault is StoreFault.CrashBefore)
        {
            crashed = true;
            ThrowIfCrashed(call, name);
        }

        return fault is StoreFault.Failure failure ? throw failure.Exception() : fault;
    }

    private void End(StoreCall call, string name, StoreFault? fault)
    {
        if (fault is StoreFault.CrashedAfter)
        {
            crashed = true;
        }

        ThrowIfCrashed(call, name);
        if (fault is StoreFault.LostReply)
        {
            throw Errors.StoreUnreachable.Create(Location, "the reply was lost");
        }
    }

    private void ThrowIfCrashed(StoreCall call, string name)
    {
        if (crashed)
        {
            throw new SimulatedCrashException($"{call} of '{name}'");
        }
    }
}
