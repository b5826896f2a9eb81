using DataResilience.Engine.Chunking;
using DataResilience.Engine.Packs;
using DataResilience.Engine.Sealing;
using DataResilience.Engine.Tests.Packs;

namespace DataResilience.Engine.Tests.Index;

/// <summary>Packs that exist on paper only, for indexes with many entries.</summary>
internal static class SyntheticPacks
{
    public static IEnumerable<PackSummary> Make(TestRepository repository, TestSlot slot, int packs, int chunksInEach)
    {
        for (int i = 0; i < packs; i++)
        {
            var pack = new PackReference(ObjectId.New(repository.Random), 1000 + i, PackClass.Content, slot.SlotId, default);
            yield return new PackSummary(pack, [.. Enumerable.Range(0, chunksInEach).Select(number => Entry(repository, number))]);
        }
    }

    private static PackEntry Entry(TestRepository repository, int number)
    {
        byte[] bytes = new byte[ChunkId.Size];
        repository.Random.Fill(bytes);
        return new PackEntry(
            ChunkId.Read(bytes), ChunkKind.Rows, ChunkCodec.Stored, 0, (ulong)number, 201 + ((ulong)number * 116), 116, 100, Sha256Hash.Read(bytes));
    }
}
