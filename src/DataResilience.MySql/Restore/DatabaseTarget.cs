using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>
/// Restores into a database of its own: one of the wanted name, marked until it is done, where that name is free; else one beside
/// it, whose tables are renamed to the target when they are proved.
/// </summary>
internal sealed class DatabaseTarget : IRestoreTarget
{
    private readonly ServerAddress target;
    private readonly TargetOptions options;
    private readonly RestoreOwner owner;
    private readonly RestorePlace place;
    private readonly RestoreSessions sessions;
    private readonly CreatedAccounts accounts;
    private readonly ObjectCreator objects;
    private readonly SchemaCreator schema;
    private readonly GivenGrants grants;
    private readonly RowLoader loader;
    private readonly Replacement? replacement;

    private DatabaseTarget(
        RestoreSetting setting, RestoreOwner owner, RestorePlace place, CreatedAccounts accounts, bool isBeside)
    {
        target = setting.Target;
        options = setting.Options;
        this.owner = owner;
        this.place = place;
        this.accounts = accounts;
        sessions = new RestoreSessions(
            token => RestoreSession.OpenAsync(place.Address, setting.Failures, lockTimeout: null, token), Math.Max(1, options.Loaders));
        grants = new GivenGrants(target, target.Database);
        place.BeforeRemoval = async (session, token) =>
        {
            await sessions.EndAbandonedAsync(session, token);
            await grants.RevokeAsync(session, token);
        };
        objects = new ObjectCreator(options, target, grants);
        schema = new SchemaCreator(sessions, objects, options, isBeside);
        loader = new RowLoader(target, setting.NeverLoads);
        replacement = isBeside ? new Replacement(setting, owner, place, objects, grants) : null;
    }

    public TargetDescription Description => new(target.Host, target.Database, sessions.Most);

    /// <summary>Makes the database.</summary>
    /// <param name="setting">What is restored, and where to.</param>
    /// <param name="owner">The session that keeps others away; from now on it is the target's.</param>
    /// <param name="isBeside">Whether the wanted name is taken.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static async Task<DatabaseTarget> OpenAsync(RestoreSetting setting, RestoreOwner owner, bool isBeside, CancellationToken cancellationToken)
    {
        CreatedAccounts made = await CreatedAccounts.CreateAsync(owner.Session, setting.Target, setting.Options, setting.Failures, setting.Time, cancellationToken);
        try
        {
            string name = isBeside ? RestorePlace.NewName(RestorePlace.RestorePrefix, setting.Random) : setting.Target.Database;
            RestorePlace empty = await RestorePlace.CreateAsync(
                owner.Session, setting.Target, name, new SourceDatabase(setting.Options.Properties).Definition(owner.Session.Version), RestoreMarker.Restoring, setting.Failures,
                setting.Time, cancellationToken);
            return new DatabaseTarget(setting, owner, empty, made, isBeside);
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
    }

    public Task CreateObjectsAsync(IReadOnlyList<SchemaObject> objects, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(objects);
        return schema.CreateAsync(objects, cancellationToken);
    }

    public Task<long> LoadRowsAsync(TableSchema table, IAsyncEnumerable<RowBlock> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(rows);
        return sessions.UseAsync(session => loader.LoadAsync(session, table, rows, cancellationToken), cancellationToken);
    }

    public Task<string?> CollectStatisticsAsync(CancellationToken cancellationToken) =>
        Statistics.CollectAsync(sessions, place.Name, options.Tables, cancellationToken);

    public async Task<TargetCheck> CheckAsync(CancellationToken cancellationToken)
    {
        TargetCheck check = await new DatabaseCheck(sessions, place.Name).CheckAsync(
            [.. options.Tables.Select(table => table.Name)], cancellationToken);
        return check with { Warnings = [.. objects.Warnings, .. loader.Warnings, .. check.Warnings] };
    }

    public Task<ISourceSnapshot> OpenProofAsync(CancellationToken cancellationToken) =>
        RestoredTables.OpenAsync(place.Address, target, sessions.Most, cancellationToken);

    public async Task<IReadOnlyList<string>> CommitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await sessions.CloseAsync();
        await owner.RequireAsync(cancellationToken);
        IReadOnlyList<string> warnings = replacement is null
            ? await FinishAsync(cancellationToken)
            : await replacement.CommitAsync(schema.Late, cancellationToken);
        accounts.Keep();
        return warnings;
    }

    public async ValueTask DisposeAsync()
    {
        await sessions.DisposeAsync();
        await place.DisposeAsync();
        await accounts.DisposeAsync();
        await owner.DisposeAsync();
    }

    private async Task<IReadOnlyList<string>> FinishAsync(CancellationToken cancellationToken)
    {
        await sessions.UseAsync(
            async session =>
            {
                foreach (SchemaObject item in schema.Late)
                {
                    await objects.CreateAsync(session, item, isOurs: true, cancellationToken);
                }
            },
            cancellationToken);
        await sessions.CloseAsync();
        cancellationToken.ThrowIfCancellationRequested();
        await place.KeepAsync(owner.Session);
        return [];
    }
}
