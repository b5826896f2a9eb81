using DataResilience.Engine.Operations;
using DataResilience.Engine.Repository;
using DataResilience.Engine.Restore;

namespace DataResilience.Engine.Verification;

/// <summary>Restores a backup to a target, proves it by digest, and drops it: the target is never committed, so nothing is left.</summary>
internal sealed class RestoreDrill(EngineServices services, RepositoryOpener opener)
{
    internal async Task<BackupIntegrity> RunAsync(
        TestBackupIntegrityRequest request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        DateTimeOffset start = services.Time.GetUtcNow();
        var restore = new RestoreDatabaseRequest
        {
            Repository = request.Repository,
            Passphrase = request.Passphrase,
            KeyFile = request.KeyFile,
            Fingerprint = request.Fingerprint,
            AcceptRollback = request.AcceptRollback,
            Backup = request.Backup,
            Database = request.Database,
            Target = request.Target,
            ThrottleLimit = request.ThrottleLimit,
        };
        RestoreSource source = await RestoreSource.OpenAsync(services, opener, restore, reporter, cancellationToken);
        IReadOnlyList<IntegrityProblem> problems = await TryRestoreAsync(source, restore, reporter, cancellationToken);
        CatalogEntry entry = source.View.Catalog.Find(source.Manifest.BackupId)!;
        var result = new BackupIntegrity
        {
            BackupId = source.Manifest.BackupId,
            Database = source.Manifest.Database,
            Repository = source.View.Summary,
            Level = IntegrityLevel.Restore,
            IsValid = problems.Count == 0,
            ContentOpened = true,
            ChunksTotal = source.Manifest.Tables.Sum(table => table.Chunks),
            ChunksChecked = problems.Count == 0 ? source.Manifest.Tables.Sum(table => table.Chunks) : 0,
            BytesRead = problems.Count == 0 ? source.Manifest.StoredSize : 0,
            Problems = problems,
            Start = start.LocalDateTime,
            Duration = services.Time.GetUtcNow() - start,
        };
        await new VerificationJournal(services, source.View.Repository, reporter)
            .AddAsync(entry, source.Manifest, result, PackFindings.None, cancellationToken);
        return result;
    }

    /// <summary>Damage is a finding. That the target cannot be used is an error: then nothing was verified.</summary>
    private async Task<IReadOnlyList<IntegrityProblem>> TryRestoreAsync(
        RestoreSource source, RestoreDatabaseRequest request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        var run = new RestoreRun(services, source, request.ThrottleLimit, reporter);
        await using (run)
        {
            try
            {
                await run.OpenTargetAsync(request.Target!, replace: false, request.LockTimeout, cancellationToken);
                await run.RestoreAsync(cancellationToken);
                await run.ProveAsync(cancellationToken);
                return [];
            }
            catch (DataResilienceException failure) when (failure.Kind == ErrorKind.Damaged || failure.ErrorCode == Errors.RestoreCheckFailed.Code)
            {
                return [new IntegrityProblem
                {
                    Object = failure.Target ?? source.Manifest.BackupId,
                    Kind = failure.ErrorCode == Errors.ObjectMissing.Code ? ProblemKind.Missing : ProblemKind.Mismatch,
                    Expected = "a database equal to the backup",
                    Actual = failure.Message,
                    Recoverable = false,
                }];
            }
        }
    }
}
