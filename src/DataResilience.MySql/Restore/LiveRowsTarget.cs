using System.Data;
using DataResilience.Providers;
using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>Restores rows alone into tables that are there: in one transaction on one session, seen by nobody until it is committed.</summary>
internal sealed class LiveRowsTarget : IRestoreTarget
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(30);

    private readonly RestoreSetting setting;
    private readonly RestoreOwner owner;
    private readonly ServerSession session;
    private readonly ServerAddress target;
    private readonly TargetOptions options;
    private readonly RowLoader loader;
    private bool isFinished;

    private LiveRowsTarget(RestoreSetting setting, RestoreOwner owner, ServerSession session)
    {
        this.setting = setting;
        this.owner = owner;
        this.session = session;
        target = setting.Target;
        options = setting.Options;
        loader = new RowLoader(target, setting.NeverLoads);
    }

    public TargetDescription Description => new(target.Host, target.Database, MaxLoaders: 1);

    /// <summary>Opens the session and makes the tables ready.</summary>
    /// <param name="setting">What is restored, and where to.</param>
    /// <param name="owner">The session that keeps others away; from now on it is the target's.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static async Task<LiveRowsTarget> OpenAsync(RestoreSetting setting, RestoreOwner owner, CancellationToken cancellationToken)
    {
        ServerSession opened = await RestoreSession.OpenAsync(setting.Target, setting.Failures, setting.Options.LockTimeout, cancellationToken);
        var live = new LiveRowsTarget(setting, owner, opened);
        try
        {
            await live.BeginAsync(cancellationToken);
            return live;
        }
        catch
        {
            await live.EndAsync();
            throw;
        }
    }

    public Task CreateObjectsAsync(IReadOnlyList<SchemaObject> objects, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A restore of rows alone creates nothing.");

    public Task<long> LoadRowsAsync(TableSchema table, IAsyncEnumerable<RowBlock> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(rows);
        return WithLocksAsync(() => loader.LoadAsync(session, table, rows, cancellationToken));
    }

    /// <summary>To gather them would commit; the server does so by itself when enough rows have changed.</summary>
    public Task<string?> CollectStatisticsAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public async Task<TargetCheck> CheckAsync(CancellationToken cancellationToken)
    {
        HashSet<string> tables = [.. options.Tables.Select(table => table.Name)];
        var findings = new List<string>();
        IReadOnlyList<ForeignKey> keys =
        [
            .. await ForeignKey.OfAsync(session, target.Database, cancellationToken),
            .. (await ForeignKey.ToAsync(session, target.Database, cancellationToken)).Where(key => key.Database != target.Database),
        ];
        foreach (ForeignKey key in keys.Where(key => tables.Contains(key.Table) || (options.Replace && tables.Contains(key.Parent))))
        {
            if (await DatabaseCheck.OrphansAsync(session, key, cancellationToken) is { } orphans)
            {
                findings.Add(orphans);
            }
        }

        return new TargetCheck(findings, loader.Warnings);
    }

    public Task<ISourceSnapshot> OpenProofAsync(CancellationToken cancellationToken) =>
        Task.FromResult<ISourceSnapshot>(RestoredTables.In(session, target));

    public async Task<IReadOnlyList<string>> CommitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await session.ExecuteAsync("COMMIT", CancellationToken.None);
        isFinished = true;
        return [];
    }

    /// <summary>What was not committed is rolled back, and waited for: no lock of ours is left when this returns.</summary>
    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        await owner.DisposeAsync();
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        var conditions = new LiveConditions(session, target, options);
        IReadOnlyList<DataResilienceException> obstacles = await conditions.FindAsync(cancellationToken);
        if (obstacles.Count > 0)
        {
            throw obstacles[0];
        }

        await session.ExecuteAsync("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ", cancellationToken);
        await session.ExecuteAsync("START TRANSACTION", cancellationToken);
        if (options.Replace)
        {
            await WithLocksAsync(async () =>
            {
                foreach (TableSchema table in options.Tables)
                {
                    await session.ExecuteAsync($"DELETE FROM {SqlText.Name(table.Name)}", cancellationToken);
                }

                return true;
            });
        }
    }

    private async Task<T> WithLocksAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (DataResilienceException failure) when (failure.InnerException is MySqlException { ErrorCode: MySqlErrorCode.LockWaitTimeout })
        {
            throw await TableHolder.ExplainAsync(owner.Session, setting, failure.InnerException);
        }
    }

    private async Task EndAsync()
    {
        using var limit = new CancellationTokenSource(EndLimit, setting.Time);
        try
        {
            if (!isFinished && session.Connection.State == ConnectionState.Open)
            {
                await session.ExecuteAsync("ROLLBACK", limit.Token);
            }
            else if (!isFinished)
            {
                await AbandonedSession.EndAsync(owner.Session, session.ProcessId, limit.Token);
            }
        }
        catch (Exception failure) when (failure is DataResilienceException or OperationCanceledException)
        {
            // The server ends the transaction of a connection that is gone; what failed first is what the caller is told.
            _ = failure;
        }
        finally
        {
            isFinished = true;
            await session.DisposeAsync();
        }
    }
}
