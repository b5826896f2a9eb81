using System.IO.Hashing;
using DataResilience.Engine.Packs;

namespace DataResilience.Engine.Verification;

/// <summary>
/// Which chunks a sound pack holds, and where: what an index states of it is held against this. 8 bytes a chunk, some 20 MiB for each
/// TiB stored; hashed under a seed of the run, so that nobody can prepare a chunk that is taken for another.
/// </summary>
internal sealed class PackContents
{
    private readonly long seed;
    private readonly ulong[] hashes;

    internal PackContents(IReadOnlyList<PackEntry> entries, long seed)
    {
        this.seed = seed;
        hashes = [.. entries.Select(HashOf)];
        Array.Sort(hashes);
    }

    internal bool Holds(PackEntry entry) => Array.BinarySearch(hashes, HashOf(entry)) >= 0;

    private ulong HashOf(PackEntry entry)
    {
        Span<byte> bytes = stackalloc byte[PackEntry.Size];
        entry.Write(bytes);
        return XxHash3.HashToUInt64(bytes, seed);
    }
}
