using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>MariaDB's stages of a backup: the last one blocks commits, and waits for no query.</summary>
internal sealed class BackupStageLock : StateLock
{
    // ER_BACKUP_NOT_RUNNING, which the driver has no name for.
    private const int NotStarted = 4146;

    internal override LockMode Mode => LockMode.BackupStage;

    internal override string Statement => "BACKUP STAGE";

    internal override string Sentence => "All readers began while BACKUP STAGE BLOCK_COMMIT held commits back.";

    protected override async Task TakeAsync(ServerSession keeper, IReadOnlyList<SourceTable> tables, CancellationToken cancellationToken)
    {
        foreach (string stage in new[] { "START", "FLUSH", "BLOCK_DDL", "BLOCK_COMMIT" })
        {
            await keeper.ExecuteAsync($"BACKUP STAGE {stage}", cancellationToken);
        }
    }

    internal override Task<string?> SettleAsync(ServerSession keeper, IReadOnlyList<ServerSession> readers, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(null);

    internal override async Task ReleaseAsync(ServerSession keeper, CancellationToken cancellationToken)
    {
        try
        {
            await keeper.ExecuteAsync("BACKUP STAGE END", cancellationToken);
        }
        catch (DataResilienceException failure) when (failure.InnerException is MySqlException { Number: NotStarted })
        {
            // Another session's stages were waited for in vain: nothing is held, and why is told by whoever waited.
            return;
        }
    }
}
