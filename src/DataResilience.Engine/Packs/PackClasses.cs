using DataResilience.Engine.Chunking;

namespace DataResilience.Engine.Packs;

/// <summary>Which chunks belong into which packs.</summary>
internal static class PackClasses
{
    /// <summary>
    /// The class of the packs that a kind of chunk is stored in; null for a kind that this version does not know.
    /// </summary>
    internal static PackClass? Of(ChunkKind kind) => kind switch
    {
        ChunkKind.Rows or ChunkKind.Schema or ChunkKind.TableDescription or ChunkKind.Digests => PackClass.Content,
        ChunkKind.ChunkList => PackClass.Catalog,
        _ => null,
    };
}
