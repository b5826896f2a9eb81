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
            NoOwner = request.NoOwner,
            NoPrivileges = request.NoPrivileges,
            ThrottleLimit = request.ThrottleLimit,
        };
        CatalogView view = await opener.OpenCatalogAsync(restore, reporter, cancellationToken);
        view.Repository.Require(RepositoryRole.Reader);
        CatalogEntry entry = view.Resolve(request.Backup!, request.Database);
        DrillOutcome outcome = await TryRestoreAsync(view, entry, restore, reporter, cancellationToken);
        var result = new BackupIntegrity
        {
            BackupId = entry.BackupId,
            Database = entry.Header.Database,
            Repository = view.Summary,
            Level = IntegrityLevel.Restore,
            IsValid = outcome.IsValid,
            ContentOpened = true,
            ChunksTotal = outcome.Chunks,
            ChunksChecked = outcome.IsValid ? outcome.Chunks : 0,
            BytesRead = outcome.IsValid ? entry.Header.StoredSize : 0,
            Problems = outcome.Problems,
            Start = start.LocalDateTime,
            Duration = services.Time.GetUtcNow() - start,
        };
        await new VerificationJournal(services, view.Repository, reporter)
            .AddAsync(entry, entry.Header, result, PackFindings.None, cancellationToken);
        return result;
    }

    /// <summary>Damage is a finding, wherever it is met. That the target cannot be used is an error: then nothing was verified.</summary>
    private async Task<DrillOutcome> TryRestoreAsync(
        CatalogView view, CatalogEntry entry, RestoreDatabaseRequest request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        long chunks = 0;
        try
        {
            RestoreSource source = await RestoreSource.OpenAsync(services, view, entry, request, cancellationToken);
            chunks = source.Manifest.Tables.Sum(table => table.Chunks);
            var run = new RestoreRun(services, source, request, reporter);
            await using (run)
            {
                await run.OpenTargetAsync(cancellationToken);
                await run.RestoreAsync(cancellationToken);
                await run.ProveAsync(cancellationToken);
            }

            return new DrillOutcome(chunks, []);
        }
        catch (DataResilienceException failure) when (failure.Kind == ErrorKind.Damaged || failure.ErrorCode == Errors.RestoreCheckFailed.Code)
        {
            return new DrillOutcome(chunks, [ProblemOf(failure, entry)]);
        }
    }

    private static IntegrityProblem ProblemOf(DataResilienceException failure, CatalogEntry entry) => new()
    {
        Object = failure.Target ?? entry.BackupId,
        Kind = failure.ErrorCode == Errors.ObjectMissing.Code ? ProblemKind.Missing : ProblemKind.Mismatch,
        Expected = "a database equal to the backup",
        Actual = failure.Message,
        Recoverable = false,
    };

    /// <param name="Chunks">How many chunks of rows the backup has; zero if that could not be read.</param>
    /// <param name="Problems">What is wrong.</param>
    private sealed record DrillOutcome(long Chunks, IReadOnlyList<IntegrityProblem> Problems)
    {
        internal bool IsValid => Problems.Count == 0;
    }
}
