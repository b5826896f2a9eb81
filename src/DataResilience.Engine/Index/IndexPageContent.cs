using DataResilience.Engine.Chunking;

namespace DataResilience.Engine.Index;

/// <summary>The opened entries of a page, kept as bytes: 48 KiB, of which a search reads a few.</summary>
internal sealed class IndexPageContent(byte[] bytes)
{
    internal int Bytes => bytes.Length;

    internal int Count => bytes.Length / IndexEntry.Size;

    internal IndexEntry this[int number] => IndexEntry.Read(bytes.AsSpan(number * IndexEntry.Size));

    internal ChunkId IdAt(int number) => ChunkId.Read(bytes.AsSpan(number * IndexEntry.Size));

    /// <summary>The number of the first entry whose id is not below this one.</summary>
    internal int FirstAtOrAbove(ChunkId id)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = IdAt(middle) < id ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>What cannot be in a page that begins with this id, in an index of so many packs; null if nothing.</summary>
    internal string? Oddity(ChunkId first, int packCount)
    {
        if (IdAt(0) != first)
        {
            return $"it begins with the chunk {IdAt(0)}, the directory says {first}";
        }

        IndexEntry before = this[0];
        for (int i = 0; i < Count; i++)
        {
            IndexEntry entry = this[i];
            if (entry.PackNumber < 0 || entry.PackNumber >= packCount || entry < before)
            {
                return $"the entry of {entry.Entry.Id} is out of order or names the pack {entry.PackNumber} of {packCount}";
            }

            before = entry;
        }

        return null;
    }
}
