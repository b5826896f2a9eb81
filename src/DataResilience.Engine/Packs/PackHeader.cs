using System.Buffers.Binary;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Packs;

/// <summary>The first 68 bytes of a pack (docs/repository-format.md, 6).</summary>
/// <param name="RepositoryId">The repository.</param>
/// <param name="PackId">The pack.</param>
/// <param name="SlotId">The slot that wrote it.</param>
/// <param name="Class">Who can open its chunks.</param>
/// <param name="KeyCount">How many content keys follow.</param>
internal readonly record struct PackHeader(ObjectId RepositoryId, ObjectId PackId, ObjectId SlotId, PackClass Class, int KeyCount)
{
    internal const int Size = 68;

    private const int PackIdOffset = CommonHeader.Size;
    private const int SlotIdOffset = PackIdOffset + ObjectId.Size;
    private const int ClassOffset = SlotIdOffset + ObjectId.Size;
    private const int ZeroOffset = ClassOffset + 1;
    private const int KeyCountOffset = ZeroOffset + 1;

    /// <summary>Where the first sealed chunk begins.</summary>
    internal int EndOfKeys => Size + (KeyCount * PackContentKey.SizeIn(Class));

    internal void Write(Span<byte> destination)
    {
        new CommonHeader(ObjectKind.Pack, RepositoryId).Write(destination);
        PackId.Write(destination[PackIdOffset..]);
        SlotId.Write(destination[SlotIdOffset..]);
        destination[ClassOffset] = (byte)Class;
        destination[ZeroOffset] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(destination[KeyCountOffset..], (ushort)KeyCount);
    }

    /// <summary>Reads without believing anything but the layout.</summary>
    internal static PackHeader ReadUnchecked(ReadOnlySpan<byte> bytes) => new(
        ObjectId.Read(bytes[(CommonHeader.Size - ObjectId.Size)..]),
        ObjectId.Read(bytes[PackIdOffset..]),
        ObjectId.Read(bytes[SlotIdOffset..]),
        (PackClass)bytes[ClassOffset],
        BinaryPrimitives.ReadUInt16LittleEndian(bytes[KeyCountOffset..]));

    /// <summary>What of these bytes cannot be in the pack that is looked for; null if nothing.</summary>
    internal string? Oddity(ReadOnlySpan<byte> bytes, ObjectId repositoryId, ObjectId packId, ObjectId signer) => this switch
    {
        _ when RepositoryId != repositoryId => $"it states the repository {RepositoryId}",
        _ when PackId != packId => $"it states the pack id {PackId}",
        _ when SlotId != signer => $"it states the slot {SlotId} and is signed by {signer}",
        _ when Class is not (PackClass.Content or PackClass.Catalog) => $"it states the class {(byte)Class}",
        _ when bytes[ZeroOffset] != 0 => "a byte that is zero is not",
        _ when KeyCount is 0 or > PackLimits.MaxChunks => $"it states {KeyCount} content keys",
        _ => null,
    };
}
