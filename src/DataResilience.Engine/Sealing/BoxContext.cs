using System.Buffers.Binary;
using System.Text;

namespace DataResilience.Engine.Sealing;

/// <summary>What a box is bound to, so that it opens for nothing else.</summary>
/// <param name="Purpose">One of the purposes of the format: catalog, deduplication, content, admin, pack.</param>
/// <param name="RepositoryId">The repository.</param>
/// <param name="Generation">The generation of the key inside, or of the content key pair it is sealed to.</param>
/// <param name="BoundId">The slot, or the content key.</param>
internal readonly record struct BoxContext(string Purpose, ObjectId RepositoryId, uint Generation, ObjectId BoundId)
{
    internal byte[] ToBytes()
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(Purpose) + 1 + ObjectId.Size + sizeof(uint) + ObjectId.Size];
        Span<byte> rest = bytes.AsSpan(Encoding.UTF8.GetBytes(Purpose, bytes) + 1);
        RepositoryId.Write(rest);
        BinaryPrimitives.WriteUInt32LittleEndian(rest[ObjectId.Size..], Generation);
        BoundId.Write(rest[(ObjectId.Size + sizeof(uint))..]);
        return bytes;
    }
}
