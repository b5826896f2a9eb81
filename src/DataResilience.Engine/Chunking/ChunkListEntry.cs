using System.Buffers.Binary;

namespace DataResilience.Engine.Chunking;

/// <summary>What a chunk list says of one chunk of a table: 44 bytes (docs/repository-format.md, 5.1).</summary>
/// <param name="Id">The chunk.</param>
/// <param name="Rows">How many rows end in it.</param>
/// <param name="PlainBytes">Its size before compression.</param>
/// <param name="Continues">Whether it is a part of a row that goes on in the next chunk.</param>
internal readonly record struct ChunkListEntry(ChunkId Id, uint Rows, uint PlainBytes, bool Continues)
{
    internal const int Size = ChunkId.Size + (3 * sizeof(uint));

    private const uint ContinuesFlag = 1;
    private const int RowsOffset = ChunkId.Size;
    private const int PlainBytesOffset = RowsOffset + sizeof(uint);
    private const int FlagsOffset = PlainBytesOffset + sizeof(uint);

    internal static ChunkListEntry Of(ChunkId id, PlainChunk chunk) =>
        new(id, checked((uint)chunk.Digest.Rows), (uint)chunk.Length, chunk.Continues);

    /// <exception cref="InvalidDataException">It states what no chunk can be.</exception>
    internal static ChunkListEntry Read(ReadOnlySpan<byte> bytes)
    {
        uint flags = BinaryPrimitives.ReadUInt32LittleEndian(bytes[FlagsOffset..]);
        var entry = new ChunkListEntry(
            ChunkId.Read(bytes),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[RowsOffset..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[PlainBytesOffset..]),
            (flags & ContinuesFlag) != 0);
        bool isPossible = flags <= ContinuesFlag
            && entry.PlainBytes is >= 1 and <= ChunkLimits.MaxBytes
            && entry.Rows <= entry.PlainBytes
            && (!entry.Continues || entry.Rows == 0);
        return isPossible
            ? entry
            : throw new InvalidDataException($"The entry of the chunk {entry.Id} in a chunk list is not possible.");
    }

    internal void Write(Span<byte> destination)
    {
        Id.Write(destination);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[RowsOffset..], Rows);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[PlainBytesOffset..], PlainBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[FlagsOffset..], Continues ? ContinuesFlag : 0);
    }
}
