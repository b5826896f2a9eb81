namespace DataResilience.Engine.Chunking;

/// <summary>Cuts a document (schema, table description) into chunks of at most 4 MiB; an empty one has none.</summary>
internal static class DocumentChunker
{
    internal static IEnumerable<PlainChunk> Cut(ReadOnlyMemory<byte> document, ChunkKind kind)
    {
        for (int start = 0; start < document.Length; start += ChunkLimits.MaxBytes)
        {
            int length = Math.Min(ChunkLimits.MaxBytes, document.Length - start);
            yield return PlainChunk.Copy(kind, document.Span.Slice(start, length));
        }
    }
}
