using DataResilience.Engine.Chunking;
using DataResilience.Engine.Index;
using DataResilience.Engine.Packs;

namespace DataResilience.Engine.Repository;

/// <summary>Finds chunks by their ids and opens them.</summary>
internal sealed class ChunkSource
{
    private readonly ChunkReader reader;
    private readonly Lazy<RowHasher> hasher;

    private ChunkSource(OpenedRepository repository, ChunkIndex index)
    {
        Index = index;
        Packs = new PackReader(repository.Store, repository.Keys);
        reader = new ChunkReader(repository.Store, index, Packs);
        hasher = new Lazy<RowHasher>(() => new RowHasher(repository.Keys.DeduplicationSecret()));
    }

    /// <summary>The hash of rows; Writer and Reader only.</summary>
    internal RowHasher Hasher => hasher.Value;

    internal ChunkIndex Index { get; }

    internal PackReader Packs { get; }

    internal static async Task<ChunkSource> OpenAsync(OpenedRepository repository, CancellationToken cancellationToken)
    {
        // Reading decides nothing about deduplication: no pack is refused here.
        var index = new ChunkIndex(repository.Store, repository.Keys, writer: null, _ => true);
        await index.LoadAsync(cancellationToken);
        return new ChunkSource(repository, index);
    }

    internal static ChunkId ParseId(string text) =>
        ChunkId.TryParse(text, out ChunkId id) ? id : throw Errors.ObjectDamaged.Create(text, "it is not a chunk id");

    /// <exception cref="DataResilienceException"><c>ObjectMissing</c>, <c>ObjectDamaged</c>, <c>RoleRequired</c>.</exception>
    internal async Task<PlainChunk> ReadAsync(ChunkId id, ChunkKind kind, CancellationToken cancellationToken)
    {
        PlainChunk chunk = await reader.ReadAsync(id, cancellationToken);
        if (chunk.Kind == kind)
        {
            return chunk;
        }

        chunk.Dispose();
        throw Errors.ObjectDamaged.Create($"chunk {id}", $"it is of the kind {chunk.Kind}, expected was {kind}");
    }

    /// <summary>How many bytes are read to get a chunk; zero if it is nowhere.</summary>
    internal async Task<long> SealedBytesAsync(ChunkId id, CancellationToken cancellationToken) =>
        await Index.FindAsync(id, cancellationToken) is [var location, ..] ? location.Entry.SealedLength : 0;

    /// <summary>Reads a document that was cut into chunks.</summary>
    internal async Task<byte[]> ReadDocumentAsync(IReadOnlyList<string> ids, ChunkKind kind, CancellationToken cancellationToken)
    {
        using var document = new MemoryStream();
        foreach (string id in ids)
        {
            using PlainChunk chunk = await ReadAsync(ParseId(id), kind, cancellationToken);
            document.Write(chunk.Bytes.Span);
        }

        return document.ToArray();
    }
}
