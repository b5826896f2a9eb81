namespace DataResilience.Engine.Chunking;

/// <summary>What a chunk holds; part of its id, so that one kind never stands for another.</summary>
internal enum ChunkKind : byte
{
    Rows = 1,
    Schema = 2,
    TableDescription = 3,
    Digests = 4,
    ChunkList = 5,
}
