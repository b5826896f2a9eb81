namespace DataResilience.Engine.Chunking;

/// <summary>Decodes the chunks that <see cref="ChunkListBuilder"/> makes.</summary>
internal static class ChunkList
{
    /// <exception cref="InvalidDataException">It is not a chunk list.</exception>
    internal static ChunkListEntry[] ReadEntries(ReadOnlySpan<byte> plain)
    {
        var entries = new ChunkListEntry[Count(plain, ChunkListEntry.Size, "chunk list")];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = ChunkListEntry.Read(plain[(i * ChunkListEntry.Size)..]);
        }

        return entries;
    }

    /// <exception cref="InvalidDataException">It is not a list of digests.</exception>
    internal static ChunkDigest[] ReadDigests(ReadOnlySpan<byte> plain)
    {
        var digests = new ChunkDigest[Count(plain, ChunkDigest.Size, "list of digests")];
        for (int i = 0; i < digests.Length; i++)
        {
            digests[i] = ChunkDigest.Read(plain[(i * ChunkDigest.Size)..]);
        }

        return digests;
    }

    private static int Count(ReadOnlySpan<byte> plain, int entryBytes, string what)
    {
        (int count, int rest) = Math.DivRem(plain.Length, entryBytes);
        return rest == 0 && count <= ChunkLimits.MaxListEntries
            ? count
            : throw new InvalidDataException($"A {what} cannot have {plain.Length} bytes.");
    }
}
