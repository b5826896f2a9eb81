using System.Text.Json;
using DataResilience.Engine.Chunking;
using DataResilience.Engine.Index;
using DataResilience.Engine.ObjectStores;
using DataResilience.Engine.Operations;
using DataResilience.Engine.Packs;
using DataResilience.Engine.Repository;
using DataResilience.Providers;

namespace DataResilience.Engine.Backup;

/// <summary>
/// The storing end of a backup: a chunk is identified, looked up, and sealed into a pack only if nobody stored it before. Several
/// chunks are on their way at once; how many is the bound of memory before the packs.
/// </summary>
internal sealed class BackupWriter : IAsyncDisposable
{
    private readonly ChunkIdentity identity;
    private readonly CountingObjectStore store;
    private readonly ChunkIndex index;
    private readonly PackBuffers buffers = new();
    private readonly PackWriter contentPacks;
    private readonly PackWriter catalogPacks;
    private readonly SemaphoreSlim places;
    private readonly TotalsCounter totals = new();

    private BackupWriter(EngineServices services, OpenedRepository repository, BackupCatalog catalog, int workers)
    {
        byte[] secret = repository.Keys.DeduplicationSecret();
        identity = new ChunkIdentity(secret);
        Hasher = new RowHasher(secret);
        store = new CountingObjectStore(repository.Store);
        index = new ChunkIndex(store, repository.Keys, new IndexWriter(store, repository.Keys, services.Random), MayDeduplicate(repository, catalog));
        contentPacks = new PackWriter(store, repository.Keys, services.Random, PackClass.Content, buffers, OnPackFinishedAsync);
        catalogPacks = new PackWriter(store, repository.Keys, services.Random, PackClass.Catalog, buffers, OnPackFinishedAsync);
        // One for each worker to seal, and two that were read meanwhile.
        ChunksInFlight = workers + 2;
        places = new SemaphoreSlim(ChunksInFlight, ChunksInFlight);
    }

    /// <summary>How many chunks may be on their way at once.</summary>
    internal int ChunksInFlight { get; }

    internal RowHasher Hasher { get; }

    internal static async Task<BackupWriter> OpenAsync(
        EngineServices services, CatalogView view, int workers, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        var writer = new BackupWriter(services, view.Repository, view.Catalog, workers);
        await writer.index.LoadAsync(cancellationToken);
        foreach (ObjectFault fault in writer.index.Findings)
        {
            reporter.Warning($"{fault}. The backup does without it.");
        }

        return writer;
    }

    /// <summary>Takes over a chunk of rows and begins to store it; waits while too many are on their way.</summary>
    /// <returns>A task that ends when the chunk has its place; the caller meets its failure.</returns>
    internal async Task<Task<ListedChunk>> BeginStoreAsync(PlainChunk chunk, CancellationToken cancellationToken)
    {
        try
        {
            await places.WaitAsync(cancellationToken);
        }
        catch
        {
            chunk.Dispose();
            throw;
        }

        return Task.Run(() => StoreRowsAsync(chunk, cancellationToken), CancellationToken.None);
    }

    /// <summary>Stores a chunk of a document or list.</summary>
    /// <returns>Its id.</returns>
    internal async Task<string> StoreAsync(PlainChunk chunk, CancellationToken cancellationToken)
    {
        using (chunk)
        {
            ChunkId id = identity.Of(chunk);
            await PlaceAsync(id, chunk, cancellationToken);
            return id.ToString();
        }
    }

    internal Task<IReadOnlyList<string>> StoreTableAsync(TableDocument document, CancellationToken cancellationToken) =>
        StoreDocumentAsync(JsonSerializer.SerializeToUtf8Bytes(document, RepositoryJson.Default.TableDocument), ChunkKind.TableDescription, cancellationToken);

    internal Task<IReadOnlyList<string>> StoreSchemaAsync(DatabaseSchema schema, bool includesRows, CancellationToken cancellationToken)
    {
        var document = new SchemaDocument { Properties = schema.Properties, IncludesRows = includesRows, Objects = schema.Objects };
        return StoreDocumentAsync(JsonSerializer.SerializeToUtf8Bytes(document, RepositoryJson.Default.SchemaDocument), ChunkKind.Schema, cancellationToken);
    }

    /// <summary>Makes everything durable: packs, then the index of them.</summary>
    internal async Task<BackupTotals> FinishAsync(CancellationToken cancellationToken)
    {
        await contentPacks.FlushAsync(cancellationToken);
        await catalogPacks.FlushAsync(cancellationToken);
        await index.FlushAsync(cancellationToken);
        return totals.ToTotals(store.BytesCreated);
    }

    public async ValueTask DisposeAsync()
    {
        // A chunk that still has a place uses the packs: wait for each of them before the packs go.
        for (int i = 0; i < ChunksInFlight; i++)
        {
            await places.WaitAsync(CancellationToken.None);
        }

        await contentPacks.DisposeAsync();
        await catalogPacks.DisposeAsync();
        buffers.Dispose();
        index.Dispose();
        places.Dispose();
    }

    private async Task<IReadOnlyList<string>> StoreDocumentAsync(byte[] document, ChunkKind kind, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        foreach (PlainChunk piece in DocumentChunker.Cut(document, kind))
        {
            ids.Add(await StoreAsync(piece, cancellationToken));
        }

        return ids;
    }

    private async Task<ListedChunk> StoreRowsAsync(PlainChunk chunk, CancellationToken cancellationToken)
    {
        try
        {
            using (chunk)
            {
                ChunkId id = identity.Of(chunk);
                bool isNew = await PlaceAsync(id, chunk, cancellationToken);
                return new ListedChunk(ChunkListEntry.Of(id, chunk), chunk.Digest, isNew);
            }
        }
        finally
        {
            places.Release();
        }
    }

    /// <returns>Whether this run stored the chunk; otherwise it is there, or another worker of this run is storing it.</returns>
    private async Task<bool> PlaceAsync(ChunkId id, PlainChunk chunk, CancellationToken cancellationToken)
    {
        totals.AddPlain(chunk.Length);
        ChunkClaim claim = await index.ClaimAsync(id, cancellationToken);
        if (claim.Existing is { } known)
        {
            totals.AddSealed(known.Pack.Id, known.Entry.SealedLength);
        }
        else if (claim.IsNew)
        {
            PackWriter packs = PackClasses.Of(chunk.Kind) == PackClass.Catalog ? catalogPacks : contentPacks;
            StoredChunk stored = await packs.AddAsync(id, chunk.Kind, chunk.Bytes, cancellationToken);
            totals.AddSealed(stored.PackId, stored.SealedLength);
        }

        return claim.IsNew;
    }

    private ValueTask OnPackFinishedAsync(PackSummary pack, CancellationToken cancellationToken) => index.AddPackAsync(pack, cancellationToken);

    /// <summary>Only what this slot wrote, or what a Reader opened whole: another Writer may have stored garbage under an id.</summary>
    internal static Func<PackReference, bool> MayDeduplicate(OpenedRepository repository, BackupCatalog catalog) =>
        pack => pack.SlotId == repository.Keys.SlotId || catalog.VerifiedPacks.Contains(VerifiedPack.Of(pack));
}
