using DataResilience.Providers;
using Npgsql;

namespace DataResilience.PostgreSql;

/// <summary>
/// Restores chosen tables, or rows alone, into a database that exists: in one transaction on one session, seen by nobody until it
/// is committed.
/// </summary>
internal sealed class LiveDatabaseTarget : IRestoreTarget
{
    private readonly ServerSession session;
    private readonly ServerAddress target;
    private readonly TargetOptions options;
    private readonly TimeProvider time;
    private readonly ObjectCreator creator;
    private readonly LiveTables tables;
    private readonly List<SchemaObject> postponed = [];
    private bool isFinished;

    private LiveDatabaseTarget(ServerSession session, ServerAddress target, TargetOptions options, TimeProvider time)
    {
        this.session = session;
        this.target = target;
        this.options = options;
        this.time = time;
        creator = new ObjectCreator(options, isLive: true);
        tables = new LiveTables(session, target, options);
    }

    public TargetDescription Description => new(target.Host, target.Database, MaxLoaders: 1);

    internal static async Task<LiveDatabaseTarget> OpenAsync(
        ServerAddress target, TargetOptions options, TargetFailures failures, TimeProvider time, CancellationToken cancellationToken)
    {
        string encoding = new SourceDatabase(options.Properties).Encoding;
        ServerSession opened = await RestoreSession.OpenAsync(target, failures, encoding, sessions: 1, cancellationToken);
        var live = new LiveDatabaseTarget(opened, target, options, time);
        try
        {
            await live.BeginAsync(cancellationToken);
            return live;
        }
        catch
        {
            await live.DisposeAsync();
            throw;
        }
    }

    public async Task CreateObjectsAsync(IReadOnlyList<SchemaObject> objects, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(objects);
        if (objects.Count == 0)
        {
            return;
        }

        bool isLast = objects[0].Phase == SchemaPhase.PostData || options.Objects.All(item => item.Phase == SchemaPhase.PreData);
        ILookup<RestorePass, SchemaObject> passes = RestorePasses.Of([.. postponed, .. objects], options);
        postponed.Clear();
        foreach (RestorePass pass in Enum.GetValues<RestorePass>())
        {
            if (pass != RestorePass.Ordinary && !isLast)
            {
                postponed.AddRange(passes[pass]);
            }
            else
            {
                await tables.WithLocksAsync(() => creator.CreateAsync(session, passes[pass], cancellationToken), cancellationToken);
            }
        }
    }

    public Task<long> LoadRowsAsync(TableSchema table, IAsyncEnumerable<RowBlock> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(rows);
        return RowLoader.LoadAsync(session, table, rows, isLive: true, cancellationToken);
    }

    public Task<string?> CollectStatisticsAsync(CancellationToken cancellationToken) =>
        Statistics.CollectAsync(session, options.Tables, cancellationToken);

    public async Task<TargetCheck> CheckAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> findings = options.IncludesSchema
            ? await new DatabaseCheck(session, options).TablesAsync(new TableChoice(options).Names, cancellationToken)
            : await tables.FindOrphansAsync(cancellationToken);
        return new TargetCheck(findings, creator.Warnings);
    }

    public Task<ISourceSnapshot> OpenProofAsync(CancellationToken cancellationToken) =>
        Task.FromResult<ISourceSnapshot>(new LiveProof(session, target.Database));

    public async Task<IReadOnlyList<string>> CommitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!options.IncludesSchema)
        {
            await tables.SettleAsync(cancellationToken);
        }

        await session.ExecuteAsync("COMMIT", CancellationToken.None);
        isFinished = true;
        return [];
    }

    /// <summary>What was not committed is rolled back, and waited for: no lock of ours is left when this returns.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!isFinished && (session.IsDiscarded || session.Connection.State != System.Data.ConnectionState.Open))
            {
                await AbandonedSession.EndAsync(session, target, time);
            }
            else if (!isFinished)
            {
                await session.ExecuteAsync("ROLLBACK", CancellationToken.None);
            }
        }
        catch (Exception failure) when (failure is DataResilienceException or NpgsqlException or InvalidOperationException)
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

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        // Durable whatever the server's default is: the commit is the promise.
        await session.ExecuteAsync("SET synchronous_commit = on; BEGIN", cancellationToken);
        await tables.PrepareAsync(cancellationToken);
        if (options is { IncludeRoles: true, IncludesSchema: true })
        {
            var roles = new RestoreRoles(options);
            await roles.CreateAsync(session, await roles.FindMissingAsync(session, cancellationToken), cancellationToken);
        }
    }
}
