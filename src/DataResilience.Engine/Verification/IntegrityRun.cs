using DataResilience.Engine.ObjectStores;
using DataResilience.Engine.Operations;
using DataResilience.Engine.Repository;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Verification;

/// <summary>One verification: packs are read once, and then every backup is held against what was found in them.</summary>
internal sealed class IntegrityRun(
    EngineServices services, CatalogView view, CountingObjectStore store, TestBackupIntegrityRequest request, IOperationReporter reporter)
{
    private readonly DateTimeOffset start = services.Time.GetUtcNow();

    internal async Task<BackupIntegrity> VerifyOneAsync(CatalogEntry entry, CancellationToken cancellationToken)
    {
        ChunkSource chunks = await OpenChunksAsync(cancellationToken);
        BackupContents contents = await BackupContents.OpenAsync(view.Repository, chunks, entry.BackupId, cancellationToken);
        PackFindings packs = await SweepAsync([.. contents.Manifest.Packs.Select(ParsePack)], cancellationToken);
        return await CheckAsync(entry, contents, packs, cancellationToken);
    }

    internal async Task<IReadOnlyList<BackupIntegrity>> VerifyEverythingAsync(CancellationToken cancellationToken)
    {
        var sweep = new RepositorySweep(view.Repository, view.Catalog);
        await sweep.RunAsync(cancellationToken);
        PackFindings packs = await SweepAsync(sweep.Packs, cancellationToken);
        ChunkSource chunks = await OpenChunksAsync(cancellationToken);
        var results = new List<BackupIntegrity>();
        foreach (CatalogEntry entry in view.Catalog.Backups)
        {
            BackupContents contents = await BackupContents.OpenAsync(Uncounted, chunks, entry.BackupId, cancellationToken);
            results.Add(await CheckAsync(entry, contents, packs, cancellationToken));
        }

        results.AddRange(view.Catalog.Damaged.Select(backup => Result(backup.BackupId, null, backup.Problems, default, contentOpened: false)));
        results.Insert(0, RepositoryResult(sweep, packs, results));
        return results;
    }

    /// <summary>Looking things up reads some bytes a second time; these are not counted, so that the count says how much was verified.</summary>
    private OpenedRepository Uncounted => view.Repository with { Store = store.Inner };

    private bool Opens => view.Repository.Keys.Roles.HasFlag(RepositoryRole.Reader) && request.Level == IntegrityLevel.Checksum;

    private Task<ChunkSource> OpenChunksAsync(CancellationToken cancellationToken) => ChunkSource.OpenAsync(Uncounted, cancellationToken);

    private Task<PackFindings> SweepAsync(IReadOnlyList<ObjectId> packs, CancellationToken cancellationToken) =>
        request.Level == IntegrityLevel.Checksum
            ? new PackSweep(view.Repository, services, reporter).RunAsync(packs, Workers.Count(request.ThrottleLimit), cancellationToken)
            : Task.FromResult(PackFindings.None);

    private async Task<BackupIntegrity> CheckAsync(
        CatalogEntry entry, BackupContents contents, PackFindings packs, CancellationToken cancellationToken)
    {
        var check = new BackupCheck(contents, packs, Opens);
        await check.RunAsync(cancellationToken);
        BackupIntegrity result = Result(entry.BackupId, entry.Header.Database, [.. entry.Problems, .. check.Problems], check.Chunks, Opens);
        if (request.Level == IntegrityLevel.Checksum)
        {
            await new VerificationJournal(services, Uncounted, reporter).AddAsync(entry, contents.Manifest, result, packs, cancellationToken);
        }

        return result;
    }

    /// <summary>What concerns no single backup. A damaged pack that backups need is theirs.</summary>
    private BackupIntegrity RepositoryResult(RepositorySweep sweep, PackFindings packs, IReadOnlyList<BackupIntegrity> backups)
    {
        var named = backups.SelectMany(backup => backup.Problems).Select(problem => problem.Object).ToHashSet(StringComparer.Ordinal);
        IntegrityProblem[] problems =
        [
            .. view.Repository.Problems,
            .. view.Catalog.Problems,
            .. sweep.Problems,
            .. packs.Faults.Where(fault => !named.Contains(fault.Object)).Select(FaultProblem.Of),
        ];
        return Result(null, null, problems, new ChunkCount(packs.Chunks, packs.Chunks), Opens) with { BytesRead = store.BytesRead };
    }

    private BackupIntegrity Result(string? backupId, string? database, IReadOnlyList<IntegrityProblem> problems, ChunkCount chunks, bool contentOpened) => new()
    {
        BackupId = backupId,
        Database = database,
        Repository = view.Summary,
        Level = request.Level,
        IsValid = problems.Count > 0 ? false : request.Level == IntegrityLevel.Catalog ? null : true,
        ContentOpened = contentOpened,
        ChunksTotal = chunks.Total,
        ChunksChecked = request.Level == IntegrityLevel.Catalog ? 0 : chunks.Checked,
        BytesRead = request.Backup is null ? chunks.SealedBytes : store.BytesRead,
        Problems = problems,
        Start = start.LocalDateTime,
        Duration = services.Time.GetUtcNow() - start,
    };

    private static ObjectId ParsePack(string text) =>
        ObjectId.TryParse(text, out ObjectId id) ? id : throw Errors.ObjectDamaged.Create(text, "it is not a pack id");
}
