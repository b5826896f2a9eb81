using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Packs;

/// <summary>One of a pack's content keys as its header has it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Generation">
/// The generation of the content key pair it is sealed to, or of the catalog key it is derived from.
/// </param>
/// <param name="Box">The key, sealed to the content public key; empty in class 2.</param>
internal sealed record PackContentKey(ObjectId Id, uint Generation, ReadOnlyMemory<byte> Box)
{
    private const int GenerationOffset = ObjectId.Size;
    private const int BoxOffset = GenerationOffset + sizeof(uint);

    internal static int SizeIn(PackClass packClass) => BoxOffset + (packClass == PackClass.Content ? SealedBox.Size : 0);

    internal static PackContentKey Read(ReadOnlySpan<byte> bytes, PackClass packClass) => new(
        ObjectId.Read(bytes),
        System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes[GenerationOffset..]),
        bytes[BoxOffset..SizeIn(packClass)].ToArray());

    internal void Write(Span<byte> destination)
    {
        Id.Write(destination);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(destination[GenerationOffset..], Generation);
        Box.Span.CopyTo(destination[BoxOffset..]);
    }
}
