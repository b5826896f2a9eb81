using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>Restores into a new database under a name of its own, which takes the target's name when everything is in it.</summary>
internal sealed class NewDatabaseTarget : IRestoreTarget
{
    private readonly ServerAddress target;
    private readonly TargetOptions options;
    private readonly SourceDatabase source;
    private readonly TargetFailures failures;
    private readonly TemporaryDatabase database;
    private readonly RestoreSessions sessions;
    private readonly SchemaCreator creator;
    private readonly CreatedRoles roles;
    private readonly TimeProvider time;

    private NewDatabaseTarget(
        ServerAddress target, TargetOptions options, TargetFailures failures, TemporaryDatabase database, RestoreSessions sessions,
        CreatedRoles roles, TimeProvider time)
    {
        this.roles = roles;
        this.time = time;
        this.target = target;
        this.options = options;
        this.failures = failures;
        this.database = database;
        this.sessions = sessions;
        source = new SourceDatabase(options.Properties);
        creator = new SchemaCreator(sessions, options);
    }

    public TargetDescription Description => new(target.Host, target.Database, sessions.Most);

    internal static async Task<NewDatabaseTarget> OpenAsync(
        ServerSession maintenance, ServerAddress target, TargetOptions options, TargetFailures failures, Random random, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var backedUp = new SourceDatabase(options.Properties);
        int most = Math.Max(1, options.Loaders);
        CreatedRoles made = await CreatedRoles.CreateAsync(maintenance, target, options, failures, time, cancellationToken);
        RestoreSessions? opened = null;
        try
        {
            TemporaryDatabase temporary = await TemporaryDatabase.CreateAsync(
                maintenance, target, backedUp, failures, random, time,
                async empty =>
                {
                    await GiveAsync(maintenance, empty.Name, backedUp, options, cancellationToken);
                    opened = new RestoreSessions(
                        token => RestoreSession.OpenAsync(empty.Address, failures, backedUp.Encoding, most, token), most);
                    await opened.UseAsync(_ => Task.CompletedTask, cancellationToken);
                },
                cancellationToken);
            return new NewDatabaseTarget(target, options, failures, temporary, opened!, made, time);
        }
        catch
        {
            await (opened?.DisposeAsync() ?? ValueTask.CompletedTask);
            await made.DisposeAsync();
            throw;
        }
    }

    public Task CreateObjectsAsync(IReadOnlyList<SchemaObject> objects, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(objects);
        return creator.CreateAsync(objects, cancellationToken);
    }

    public Task<long> LoadRowsAsync(TableSchema table, IAsyncEnumerable<RowBlock> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(rows);
        return sessions.UseAsync(session => RowLoader.LoadAsync(session, table, rows, isLive: false, cancellationToken), cancellationToken);
    }

    public Task<string?> CollectStatisticsAsync(CancellationToken cancellationToken) =>
        sessions.UseAsync(session => Statistics.CollectAsync(session, options.Tables, cancellationToken), cancellationToken);

    public async Task<TargetCheck> CheckAsync(CancellationToken cancellationToken)
    {
        TargetCheck check = await sessions.UseAsync(session => new DatabaseCheck(session, options).WholeAsync(cancellationToken), cancellationToken);
        return check with { Warnings = [.. creator.Warnings, .. check.Warnings] };
    }

    public async Task<ISourceSnapshot> OpenProofAsync(CancellationToken cancellationToken) => await SnapshotOpener.OpenAsync(
        database.Address, new SnapshotOptions(sessions.Most, options.LockTimeout), time, cancellationToken);

    public async Task<IReadOnlyList<string>> CommitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await using ServerSession maintenance = await MaintenanceSession.OpenAsync(target, failures, cancellationToken);
        IReadOnlyList<string> finish = options.IncludesSchema && !options.IsPartial ? source.Statements(target.Database, options) : [];
        string? left = await database.CommitAsync(maintenance, options.Replace, sessions.CloseAsync, finish, cancellationToken);
        roles.Keep();
        return left is null ? [] : [left];
    }

    /// <summary>
    /// Who owns a schema or a publication must be allowed to create it in the database, unless a superuser gives it to them: the
    /// database's owner and grants cannot wait for the end. Without the owner's rights we could not drop a database that we gave away.
    /// </summary>
    private static async Task GiveAsync(
        ServerSession maintenance, string name, SourceDatabase source, TargetOptions options, CancellationToken cancellationToken)
    {
        const string HasRights =
            "SELECT pg_catalog.pg_has_role(oid, 'USAGE') AND NOT (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user) FROM pg_catalog.pg_roles WHERE rolname = $1";
        if (options.IncludesSchema && await maintenance.ScalarAsync<bool>(HasRights, cancellationToken, source.Owner))
        {
            foreach (string statement in source.FirstStatements(name, options))
            {
                await maintenance.ExecuteAsync(statement, cancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await sessions.DisposeAsync();
        await database.DisposeAsync();
        await roles.DisposeAsync();
    }
}
