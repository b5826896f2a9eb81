using System.Buffers.Binary;
using DataResilience.Engine.Chunking;

namespace DataResilience.Engine.Packs;

/// <summary>
/// Where a chunk lies in a pack and how it is sealed: an entry of the chunk table, 92 bytes (docs/repository-format.md, 6).
/// </summary>
/// <param name="Id">The chunk.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Codec">How its plain bytes lie under the seal.</param>
/// <param name="KeyNumber">Which of the pack's content keys sealed it, from 0.</param>
/// <param name="Nonce">The nonce counter.</param>
/// <param name="Offset">Where it begins in the pack.</param>
/// <param name="SealedLength">How many bytes it has there, tag included.</param>
/// <param name="PlainLength">How many plain bytes it has.</param>
/// <param name="SealedHash">SHA-256 of the sealed bytes.</param>
internal readonly record struct PackEntry(
    ChunkId Id,
    ChunkKind Kind,
    ChunkCodec Codec,
    ushort KeyNumber,
    ulong Nonce,
    ulong Offset,
    uint SealedLength,
    uint PlainLength,
    Sha256Hash SealedHash)
{
    internal const int Size = 92;

    internal ulong End => Offset + SealedLength;

    internal static PackEntry Read(ReadOnlySpan<byte> bytes) => new(
        ChunkId.Read(bytes),
        (ChunkKind)bytes[32],
        (ChunkCodec)bytes[33],
        BinaryPrimitives.ReadUInt16LittleEndian(bytes[34..]),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[36..]),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[44..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[52..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[56..]),
        Sha256Hash.Read(bytes[60..]));

    internal void Write(Span<byte> destination)
    {
        Id.Write(destination);
        destination[32] = (byte)Kind;
        destination[33] = (byte)Codec;
        BinaryPrimitives.WriteUInt16LittleEndian(destination[34..], KeyNumber);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[36..], Nonce);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[44..], Offset);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[52..], SealedLength);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[56..], PlainLength);
        SealedHash.Write(destination[60..]);
    }

    /// <summary>What this entry states that no chunk of the format can be; null if nothing.</summary>
    internal string? Impossibility(PackClass packClass)
    {
        if (PackClasses.Of(Kind) != packClass)
        {
            return $"it has the kind {(byte)Kind}, which a pack of the class {packClass} does not hold";
        }

        if (PlainLength is 0 or > ChunkLimits.MaxBytes)
        {
            return $"it states {PlainLength} plain bytes where 1 to {ChunkLimits.MaxBytes} can be";
        }

        bool lengthFits = Codec switch
        {
            ChunkCodec.Stored => SealedLength == PlainLength + SealedChunk.TagBytes,
            ChunkCodec.Zstandard => SealedLength > SealedChunk.TagBytes && SealedLength < PlainLength + SealedChunk.TagBytes,
            _ => false,
        };
        return lengthFits ? null : $"it states the codec {(byte)Codec}, {SealedLength} sealed and {PlainLength} plain bytes";
    }
}
