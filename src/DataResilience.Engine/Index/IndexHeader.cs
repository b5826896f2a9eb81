using System.Buffers.Binary;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Index;

/// <summary>
/// The first 92 bytes of an index (docs/repository-format.md, 7); they are bound to everything that is sealed in it.
/// </summary>
internal readonly record struct IndexHeader(
    ObjectId RepositoryId, ObjectId IndexId, uint Generation, uint PageCount, uint EntryCount)
{
    internal const int Size = 92;
    internal const int SaltOffset = 52;
    internal const int SaltBytes = 32;

    private const int IdOffset = CommonHeader.Size;
    private const int GenerationOffset = 48;
    private const int PageCountOffset = 84;
    private const int EntryCountOffset = 88;

    internal byte[] ToBytes(IRandomSource random)
    {
        byte[] bytes = new byte[Size];
        new CommonHeader(ObjectKind.Index, RepositoryId).Write(bytes);
        IndexId.Write(bytes.AsSpan(IdOffset));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(GenerationOffset), Generation);
        random.Fill(bytes.AsSpan(SaltOffset, SaltBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(PageCountOffset), PageCount);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(EntryCountOffset), EntryCount);
        return bytes;
    }

    internal static IndexHeader ReadUnchecked(ReadOnlySpan<byte> bytes) => new(
        ObjectId.Read(bytes[(CommonHeader.Size - ObjectId.Size)..]),
        ObjectId.Read(bytes[IdOffset..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[GenerationOffset..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[PageCountOffset..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[EntryCountOffset..]));

    /// <summary>What here cannot be in the index that is looked for; null if nothing.</summary>
    internal string? Oddity(ObjectId repositoryId, ObjectId indexId, uint newestGeneration) => this switch
    {
        _ when RepositoryId != repositoryId => $"it states the repository {RepositoryId}",
        _ when IndexId != indexId => $"it states the index id {IndexId}",
        _ when Generation == 0 || Generation > newestGeneration => $"it states the generation {Generation}",
        _ when EntryCount is 0 or > IndexLimits.MaxEntries => $"it states {EntryCount} entries",
        _ when PageCount != IndexLimits.PagesFor((int)EntryCount) => $"it states {PageCount} pages for {EntryCount} entries",
        _ => null,
    };
}
