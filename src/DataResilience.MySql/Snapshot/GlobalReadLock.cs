using System.Globalization;

namespace DataResilience.MySql;

/// <summary>FLUSH TABLES WITH READ LOCK: nobody writes, on the whole server.</summary>
internal sealed class GlobalReadLock : StateLock
{
    // It waits for every statement that runs, and everybody waits for it. Given up, it leaves MySQL's writers waiting all the same until
    // the statement has ended that it waited for: so it is never asked for while one runs, nor where that cannot be seen.
    private static readonly TimeSpan ShortStatement = TimeSpan.FromSeconds(1);

    private bool locksInstance;

    internal override LockMode Mode => LockMode.GlobalReadLock;

    internal override string Statement => "FLUSH TABLES WITH READ LOCK";

    internal override string Sentence => $"All readers began under FLUSH TABLES WITH READ LOCK{InstanceLock.Clause(locksInstance)}.";

    internal override async Task<string?> FindHindranceAsync(ServerSession keeper, CancellationToken cancellationToken)
    {
        try
        {
            return await FindLongStatementAsync(keeper, cancellationToken);
        }
        catch (DataResilienceException failure) when (failure.ErrorCode == Errors.ServerRefused.Code)
        {
            // MySQL cannot list statements while one of them holds a letter of four bytes.
            return $"the server cannot tell what runs: {failure.InnerException?.Message ?? failure.Message}";
        }
    }

    private static async Task<string?> FindLongStatementAsync(ServerSession keeper, CancellationToken cancellationToken)
    {
        if (!await SeesAllStatementsAsync(keeper, cancellationToken))
        {
            return "without the right PROCESS it cannot be seen whether a long statement runs, behind which it would hold up every writer";
        }

        // performance_schema has it too, and is empty where it is off.
        IReadOnlyList<(ulong Session, string Command, long Seconds)> running = await keeper.QueryAsync(
            "SHOW PROCESSLIST",
            row => (
                Convert.ToUInt64(row.GetValue(0), CultureInfo.InvariantCulture),
                Convert.ToString(row.GetValue(4), CultureInfo.InvariantCulture) ?? "",
                row.IsDBNull(5) ? 0 : Convert.ToInt64(row.GetValue(5), CultureInfo.InvariantCulture)),
            cancellationToken);
        foreach ((ulong session, string command, long seconds) in running)
        {
            if (command is "Query" or "Execute" && (long)session != keeper.ProcessId && seconds >= ShortStatement.TotalSeconds)
            {
                return string.Create(CultureInfo.InvariantCulture, $"the statement of session {session} has been running for {seconds} seconds");
            }
        }

        return null;
    }

    protected override Task TakeAsync(ServerSession keeper, IReadOnlyList<SourceTable> tables, CancellationToken cancellationToken) =>
        keeper.ExecuteAsync(Statement, cancellationToken);

    internal override async Task<string?> SettleAsync(
        ServerSession keeper, IReadOnlyList<ServerSession> readers, CancellationToken cancellationToken)
    {
        // Not before: a statement that waits for it would be waited for by the other lock.
        locksInstance = await InstanceLock.TryTakeAsync(keeper, cancellationToken);
        return null;
    }

    internal override Task ReleaseAsync(ServerSession keeper, CancellationToken cancellationToken) =>
        keeper.ExecuteAsync("UNLOCK TABLES", cancellationToken);

    private static async Task<bool> SeesAllStatementsAsync(ServerSession keeper, CancellationToken cancellationToken)
    {
        try
        {
            // Both families show it to holders of the right only, had it from a role or not.
            await keeper.ScalarAsync("SELECT 1 FROM information_schema.INNODB_TRX LIMIT 1", cancellationToken);
            return true;
        }
        catch (DataResilienceException failure) when (HoldFailure.Of(failure) is { MayTryAgain: false })
        {
            return false;
        }
    }
}
