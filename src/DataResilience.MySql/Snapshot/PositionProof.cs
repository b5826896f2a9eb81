namespace DataResilience.MySql;

/// <summary>No lock: the server's own position proves that all sessions see one state.</summary>
internal sealed class PositionProof : StateLock
{
    // What is owned is on its way from the log into the storage engine: it may be seen by one session and not by the next, while the
    // other set does not have it yet.
    private const string Committed = "SELECT CONCAT(@@GLOBAL.gtid_owned, '|', @@GLOBAL.gtid_executed)";

    private const string SeenByMariaDb =
        """
        SELECT GROUP_CONCAT(VARIABLE_VALUE ORDER BY VARIABLE_NAME SEPARATOR ':') FROM information_schema.SESSION_STATUS
        WHERE VARIABLE_NAME IN ('BINLOG_SNAPSHOT_FILE', 'BINLOG_SNAPSHOT_POSITION')
        """;

    private string before = "";
    private bool locksInstance;

    internal override LockMode Mode => LockMode.None;

    internal override string Statement => "without a lock";

    internal override string Sentence =>
        $"All readers began at the same position of the binary log, without a lock{InstanceLock.Clause(locksInstance)}.";

    protected override async Task TakeAsync(ServerSession keeper, IReadOnlyList<SourceTable> tables, CancellationToken cancellationToken)
    {
        if (!keeper.Version.IsMariaDb)
        {
            locksInstance = await InstanceLock.TryTakeAsync(keeper, cancellationToken);
            before = await keeper.ScalarAsync(Committed, cancellationToken) ?? "";
        }
    }

    internal override async Task<string?> SettleAsync(
        ServerSession keeper, IReadOnlyList<ServerSession> readers, CancellationToken cancellationToken)
    {
        if (!keeper.Version.IsMariaDb)
        {
            string after = await keeper.ScalarAsync(Committed, cancellationToken) ?? "";
            return after.StartsWith('|') && after == before ? null : Moved;
        }

        var seen = new HashSet<string?>();
        foreach (ServerSession reader in readers)
        {
            seen.Add(await reader.ScalarAsync(SeenByMariaDb, cancellationToken));
        }

        return seen.Count == 1 && seen.Single() is { Length: > 1 } ? null : Moved;
    }

    internal override Task ReleaseAsync(ServerSession keeper, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Why a server cannot prove it at all; null if it can.</summary>
    internal static async Task<string?> FindObstacleAsync(ServerSession session, CancellationToken cancellationToken)
    {
        if (await session.ScalarAsync("SELECT @@GLOBAL.log_bin", cancellationToken) != "1")
        {
            return "the server has no binary log";
        }

        if (!session.Version.IsMariaDb)
        {
            return await session.ScalarAsync("SELECT @@GLOBAL.gtid_mode", cancellationToken) == "ON" ? null : "the server has gtid_mode off";
        }

        // A replica may apply what its own log does not tell.
        return await session.ScalarAsync("SELECT @@GLOBAL.log_slave_updates OR @@GLOBAL.gtid_slave_pos = ''", cancellationToken) == "1"
            ? null
            : "the server is a replica that has log_slave_updates off";
    }

    private const string Moved = "transactions were committed while the readers began";
}
