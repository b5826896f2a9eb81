using DataResilience.Engine.Index;
using DataResilience.Engine.Operations;
using DataResilience.Engine.Packs;
using DataResilience.Engine.Repository;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Administration;

/// <summary>Reports what no backup needs, and makes the index again from the packs where that was asked for.</summary>
internal sealed class OptimizeBackupRepositoryOperation(EngineServices services, RepositoryOpener opener)
    : Operation<OptimizeBackupRepositoryRequest, RepositoryOptimization>
{
    protected override async Task<OperationPlan> PlanAsync(
        OptimizeBackupRepositoryRequest request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        OpenedRepository repository = await opener.OpenAsync(request, reporter, cancellationToken);
        return new OperationPlan(repository.Location, request.RebuildIndex ? "Rebuild the index from the packs" : "Report what no backup needs", []);
    }

    protected override async Task<RepositoryOptimization> RunAsync(
        OptimizeBackupRepositoryRequest request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        long begun = services.Time.GetTimestamp();
        CatalogView view = await opener.OpenCatalogAsync(request, reporter, cancellationToken);
        if (request.RebuildIndex)
        {
            view.Repository.RequireWritable();
            await RebuildAsync(view.Repository, reporter, cancellationToken);
        }

        ChunkSource chunks = await ChunkSource.OpenAsync(view.Repository, cancellationToken);
        var needed = new NeededChunks(view, chunks);
        await needed.CollectAsync(cancellationToken);
        IReadOnlyDictionary<ObjectId, long> packs = chunks.Index.Packs;
        ObjectId[] orphans = [.. packs.Keys.Where(id => !needed.Needs(id))];
        return new RepositoryOptimization
        {
            Repository = view.Repository.Location,
            Packs = packs.Count,
            OrphanPacks = [.. orphans.Select(PackReference.NameOf).Order(StringComparer.Ordinal)],
            OrphanSize = orphans.Sum(id => packs[id]),
            WasteSize = await SumWasteAsync(needed, chunks.Index, cancellationToken),
            UnindexedPacks = chunks.Index.Unlisted.Count,
            IndexRebuilt = request.RebuildIndex,
            Duration = services.Time.GetElapsedTime(begun),
        };
    }

    private async Task RebuildAsync(OpenedRepository repository, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        // Every pack: an index may say too little, and whoever asks for a rebuild does not trust what is there.
        IndexRebuildResult result = await new IndexRebuilder(repository.Store, repository.Keys, services.Random)
            .RunAsync(new HashSet<ObjectId>(), cancellationToken);
        reporter.Verbose($"{result.Entries} chunks in {result.Packs} packs were indexed in {result.Indexes.Count} objects.");
        foreach (ObjectFault fault in result.Faults)
        {
            reporter.Warning($"{fault}. Its chunks are not in the new index.");
        }

        // What a damaged pack holds, a damaged index may still tell: then it stays.
        if (result.Faults.Count == 0)
        {
            await DeleteDamagedAsync(repository, reporter, cancellationToken);
        }
    }

    private static async Task DeleteDamagedAsync(OpenedRepository repository, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        try
        {
            foreach (ObjectFault fault in await new DamagedIndexes(repository.Store, repository.Keys).DeleteAsync(cancellationToken))
            {
                reporter.Warning($"{fault}. It was deleted: the new index has what it had.");
            }
        }
        catch (DataResilienceException failure) when (failure.Kind == ErrorKind.Denied)
        {
            reporter.Warning($"Damaged indexes stay, since the store does not allow to delete them: {failure.Message}");
        }
    }

    /// <summary>Bytes of chunks that nothing needs, in packs that are needed; each pack is counted by the first index that lists it.</summary>
    private static async Task<long> SumWasteAsync(NeededChunks needed, ChunkIndex index, CancellationToken cancellationToken)
    {
        long waste = 0;
        var counted = new HashSet<ObjectId>();
        foreach (IndexFile file in index.Files)
        {
            HashSet<int> numbers = [.. Enumerable.Range(0, file.Packs.Count).Where(i => needed.Needs(file.Packs[i].Id) && counted.Add(file.Packs[i].Id))];
            for (int page = 0; page < file.Pages.Count; page++)
            {
                waste += await SumWasteAsync(needed, numbers, file, page, cancellationToken);
            }
        }

        return waste;
    }

    private static async Task<long> SumWasteAsync(
        NeededChunks needed, HashSet<int> packNumbers, IndexFile file, int page, CancellationToken cancellationToken)
    {
        try
        {
            IndexPageContent content = await file.ReadPageAsync(page, cancellationToken);
            return Enumerable.Range(0, content.Count)
                .Select(i => content[i])
                .Where(entry => packNumbers.Contains(entry.PackNumber) && !needed.Needs(entry.Entry.Id))
                .Sum(entry => (long)entry.Entry.SealedLength);
        }
        catch (DataResilienceException damage) when (ObjectFault.TryFind(damage, out _))
        {
            // A page that no search came by. It makes the figure too small, and verification names it.
            return 0;
        }
    }
}
