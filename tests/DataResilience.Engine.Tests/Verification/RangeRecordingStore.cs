using System.Collections.Concurrent;
using DataResilience.Providers;

namespace DataResilience.Engine.Tests.Verification;

/// <summary>Keeps which bytes of which object were read.</summary>
internal sealed class RangeRecordingStore(IObjectStore inner) : IObjectStore
{
    private readonly ConcurrentQueue<(string Object, long Offset, int Length)> reads = new();

    public string Location => inner.Location;

    internal long BytesRead => reads.Sum(read => (long)read.Length);

    public async Task<int?> ReadAsync(string name, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        int? length = await inner.ReadAsync(name, offset, destination, cancellationToken);
        reads.Enqueue((name, offset, length ?? 0));
        return length;
    }

    public Task<bool> CreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        inner.CreateAsync(name, content, cancellationToken);

    public Task<ObjectDescription?> FindAsync(string name, CancellationToken cancellationToken) => inner.FindAsync(name, cancellationToken);

    public IAsyncEnumerable<ObjectDescription> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);

    /// <summary>How many bytes from the beginning of an object were read, without a gap.</summary>
    internal long CoveredFromStart(string name)
    {
        long covered = 0;
        foreach ((string _, long offset, int length) in reads.Where(read => read.Object == name).OrderBy(read => read.Offset))
        {
            if (offset > covered)
            {
                break;
            }

            covered = Math.Max(covered, offset + length);
        }

        return covered;
    }
}
