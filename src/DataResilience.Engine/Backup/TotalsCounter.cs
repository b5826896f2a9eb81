using System.Collections.Concurrent;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Backup;

/// <summary>Adds up the figures of a backup while its chunks are stored, from any thread.</summary>
internal sealed class TotalsCounter
{
    private readonly ConcurrentDictionary<ObjectId, bool> packs = new();
    private long plainBytes;
    private long sealedBytes;

    internal void AddPlain(int bytes) => Interlocked.Add(ref plainBytes, bytes);

    internal void AddSealed(ObjectId pack, uint bytes)
    {
        Interlocked.Add(ref sealedBytes, bytes);
        packs.TryAdd(pack, true);
    }

    internal BackupTotals ToTotals(long newBytes) => new(
        Interlocked.Read(ref plainBytes),
        Interlocked.Read(ref sealedBytes),
        newBytes,
        [.. packs.Keys.Select(id => id.ToString()).Order(StringComparer.Ordinal)]);
}
