using System.Buffers.Binary;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Packs;

/// <summary>
/// The last 128 bytes of a pack and of an index: where its table is, a hash, a signature (docs/repository-format.md, 6 and 7).
/// </summary>
/// <param name="TableOffset">Where the sealed chunk table, or the sealed directory, begins.</param>
/// <param name="TableLength">How long it is.</param>
/// <param name="Hash">SHA-256 of the head of the object followed by the sealed table.</param>
/// <param name="Signer">The slot that signed.</param>
internal readonly record struct SignedTrailer(ulong TableOffset, uint TableLength, Sha256Hash Hash, ObjectId Signer)
{
    internal const int Size = 128;

    private const int SignedBytes = Size - P256.SignatureBytes;
    private const int LengthOffset = 8;
    private const int ZeroOffset = 12;
    private const int HashOffset = 16;
    private const int SignerOffset = 48;

    internal static byte[] Sign(
        IRepositoryKeys keys, ObjectKind kind, ObjectId objectId, ulong tableOffset, uint tableLength, Sha256Hash hash)
    {
        byte[] trailer = new byte[Size];
        BinaryPrimitives.WriteUInt64LittleEndian(trailer, tableOffset);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer.AsSpan(LengthOffset), tableLength);
        hash.Write(trailer.AsSpan(HashOffset));
        keys.SlotId.Write(trailer.AsSpan(SignerOffset));
        keys.Sign(Message(kind, objectId, trailer)).CopyTo(trailer, SignedBytes);
        return trailer;
    }

    internal static SignedTrailer Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[LengthOffset..]),
        Sha256Hash.Read(bytes[HashOffset..]),
        ObjectId.Read(bytes[SignerOffset..]));

    /// <summary>Whether the signer, a slot that the keyring knows, signed this trailer for the object of this id.</summary>
    internal static bool IsSigned(IRepositoryKeys keys, ObjectKind kind, ObjectId objectId, ReadOnlySpan<byte> trailer)
    {
        ObjectId signer = ObjectId.Read(trailer[SignerOffset..]);
        // No object with this trailer is signed by the admin key, which the zero id stands for elsewhere.
        return signer != ObjectId.Zero
            && keys.Verify(signer, Message(kind, objectId, trailer), trailer.Slice(SignedBytes, P256.SignatureBytes));
    }

    /// <summary>Whether the stated place of the table fits an object of this size.</summary>
    internal bool FitsIn(long size, int headBytes, int maxTableBytes) =>
        TableLength > 0
        && TableLength <= (uint)maxTableBytes
        && TableOffset >= (uint)headBytes
        && TableOffset <= (ulong)size
        && TableOffset + TableLength + Size == (ulong)size;

    internal static bool HasZeros(ReadOnlySpan<byte> trailer) =>
        BinaryPrimitives.ReadUInt32LittleEndian(trailer[ZeroOffset..]) == 0;

    private static byte[] Message(ObjectKind kind, ObjectId objectId, ReadOnlySpan<byte> trailer) =>
        [.. Label(kind), 0, .. objectId.ToArray(), .. trailer[..SignedBytes]];

    private static ReadOnlySpan<byte> Label(ObjectKind kind) => kind switch
    {
        ObjectKind.Pack => "DataResilience/1 pack"u8,
        ObjectKind.Index => "DataResilience/1 index"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Only packs and indexes have this trailer."),
    };
}
