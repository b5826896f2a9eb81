using System.Globalization;
using Npgsql;

namespace DataResilience.PostgreSql;

/// <summary>
/// A database under a name of its own that takes the wanted name when everything is in it. Its comment says what it is, so that
/// the next restore of the same name finds and removes what a killed one left.
/// </summary>
internal sealed class TemporaryDatabase : IAsyncDisposable
{
    internal const string NamePrefix = "dr_restore_";
    internal const string OldNamePrefix = "dr_replaced_";

    private static readonly TimeSpan RemovalLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RemovalPause = TimeSpan.FromMilliseconds(200);

    private readonly ServerAddress target;
    private readonly ServerFailures failures;
    private readonly Random random;
    private readonly TimeProvider time;
    private bool isMade;

    private TemporaryDatabase(ServerAddress target, ServerFailures failures, Random random, TimeProvider time)
    {
        this.target = target;
        this.failures = failures;
        this.random = random;
        this.time = time;
        Name = NamePrefix + Suffix();
    }

    internal string Name { get; }

    internal ServerAddress Address => target.WithDatabase(Name);

    /// <summary>Removes what killed restores of the same name left, and makes the database.</summary>
    /// <param name="maintenance">A session in another database.</param>
    /// <param name="target">The server and the wanted name.</param>
    /// <param name="source">The database that was backed up.</param>
    /// <param name="failures">How failures are told.</param>
    /// <param name="random">Names the database.</param>
    /// <param name="time">Marks the database, and limits its removal.</param>
    /// <param name="enter">Opens a session in the database, so that another restore sees that it is in use.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static async Task<TemporaryDatabase> CreateAsync(
        ServerSession maintenance, ServerAddress target, SourceDatabase source, ServerFailures failures, Random random, TimeProvider time,
        Func<TemporaryDatabase, Task> enter, CancellationToken cancellationToken)
    {
        var database = new TemporaryDatabase(target, failures, random, time);
        try
        {
            await database.LockAsync(maintenance, cancellationToken);
            await database.RemoveLeftoversAsync(maintenance, cancellationToken);
            await database.MakeAsync(maintenance, source, cancellationToken);
            string mark = database.Mark + time.GetUtcNow().ToString("u", CultureInfo.InvariantCulture);
            await maintenance.ExecuteAsync($"COMMENT ON DATABASE {SqlName.Quote(database.Name)} IS {SqlName.Text(mark)}", cancellationToken);
            await enter(database);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives the database the wanted name in one transaction; what had it is removed after that.</summary>
    /// <param name="maintenance">A session in another database.</param>
    /// <param name="replace">Whether a database of the wanted name may be replaced.</param>
    /// <param name="leave">Closes every session of ours in the database.</param>
    /// <param name="finish">Statements to run on the finished database, under its wanted name, in the same transaction.</param>
    /// <param name="cancellationToken">Ends it before the transaction commits.</param>
    /// <returns>What is to be told of the database that was replaced; null if it is gone.</returns>
    internal async Task<string?> CommitAsync(
        ServerSession maintenance, bool replace, Func<Task> leave, IReadOnlyList<string> finish, CancellationToken cancellationToken)
    {
        await LockAsync(maintenance, cancellationToken);
        string? old = await RenameOldAsync(maintenance, replace, cancellationToken);
        await leave();
        var statements = new List<string> { "BEGIN" };
        if (old is not null)
        {
            statements.Add($"ALTER DATABASE {SqlName.Quote(target.Database)} RENAME TO {SqlName.Quote(old)}");
            // A template cannot be dropped.
            statements.Add($"ALTER DATABASE {SqlName.Quote(old)} IS_TEMPLATE false");
            statements.Add($"COMMENT ON DATABASE {SqlName.Quote(old)} IS {SqlName.Text(Mark + "replaced")}");
        }

        statements.Add($"ALTER DATABASE {SqlName.Quote(Name)} RENAME TO {SqlName.Quote(target.Database)}");
        statements.Add($"COMMENT ON DATABASE {SqlName.Quote(target.Database)} IS NULL");
        await RunAsync(maintenance, statements.Concat(finish), cancellationToken);

        cancellationToken.ThrowIfCancellationRequested();
        await maintenance.ExecuteAsync("COMMIT", CancellationToken.None);
        isMade = false;
        return old is null ? null : await RemoveOldAsync(maintenance, old, target.Database);
    }

    /// <summary>
    /// Removes the database if it was not committed, whoever is in it and whatever was cancelled. A server whose disk ran full may
    /// start anew just then: it is asked again. What cannot be removed in time, the next restore of the same name removes; the
    /// failure that led here is what the caller is told.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(RemovalLimit, time);
        while (isMade && !await TryRemoveAsync(limit.Token))
        {
            await Task.Delay(RemovalPause, time, limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            isMade = !limit.IsCancellationRequested;
        }
    }

    /// <summary>
    /// The restore is done, whatever happens here. A database that cannot be dropped now is marked, and the next restore of the same
    /// name drops it.
    /// </summary>
    internal static async Task<string?> RemoveOldAsync(ServerSession maintenance, string old, string wanted)
    {
        try
        {
            await maintenance.ExecuteAsync($"DROP DATABASE {SqlName.Quote(old)}", CancellationToken.None);
            return null;
        }
        catch (DataResilienceException failure)
        {
            string reason = (failure.InnerException as PostgresException)?.MessageText ?? failure.Message.TrimEnd('.');
            return $"the database that was replaced is still there as '{old}' and takes space, since it could not be dropped: {reason}; "
                + $"drop it, or the next restore to '{wanted}' does";
        }
    }

    /// <summary>What the comments of the databases that restores of this name made begin with.</summary>
    private string Mark => $"DataResilience: restore of {SqlName.Quote(target.Database)}, ";

    private string Suffix() => random.NextInt64().ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>
    /// Between making a database and entering it, and between leaving and renaming it, nobody is in it: another restore of the same
    /// name must not take it for a leftover then. The lock goes with the session.
    /// </summary>
    private async Task LockAsync(ServerSession maintenance, CancellationToken cancellationToken) =>
        await maintenance.ScalarAsync<object>("SELECT pg_catalog.pg_advisory_lock(pg_catalog.hashtextextended($1, 0))::text", cancellationToken, Mark);

    private async Task<bool> TryRemoveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using ServerSession maintenance = await MaintenanceSession.OpenAsync(target, failures, cancellationToken);
            if (await DatabaseUse.ExistsAsync(maintenance, Name, cancellationToken))
            {
                await DatabaseSpace.ReleaseAsync(Address, failures, cancellationToken);
            }

            await maintenance.ExecuteAsync($"DROP DATABASE IF EXISTS {SqlName.Quote(Name)} WITH (FORCE)", cancellationToken);
            isMade = false;
            return true;
        }
        catch (Exception failure) when (failure is DataResilienceException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task RemoveLeftoversAsync(ServerSession maintenance, CancellationToken cancellationToken)
    {
        const string Leftovers = """
            SELECT d.datname FROM pg_catalog.pg_database d
            WHERE (pg_catalog.starts_with(d.datname, $1) OR pg_catalog.starts_with(d.datname, $2))
            AND pg_catalog.starts_with(pg_catalog.shobj_description(d.oid, 'pg_database'), $3)
            AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity s WHERE s.datid = d.oid AND s.backend_type = 'client backend')
            """;
        IReadOnlyList<string> names = await maintenance.QueryAsync(
            Leftovers, row => row.GetString(0), cancellationToken, NamePrefix, OldNamePrefix, Mark);
        foreach (string name in names)
        {
            await maintenance.ExecuteAsync($"DROP DATABASE IF EXISTS {SqlName.Quote(name)}", cancellationToken);
        }
    }

    /// <summary>
    /// Where the server refused, there is nothing of ours: what has the name is another's, and not to be removed. Where it did not
    /// answer, nobody knows.
    /// </summary>
    private async Task MakeAsync(ServerSession maintenance, SourceDatabase source, CancellationToken cancellationToken)
    {
        isMade = true;
        try
        {
            await maintenance.ExecuteAsync(DatabaseDefinition.Statement(Name, source, maintenance.Version), cancellationToken);
        }
        catch (DataResilienceException failure) when (failure.InnerException is PostgresException answer)
        {
            isMade = false;
            throw answer.SqlState == PostgresErrorCodes.DiskFull
                ? Errors.TargetFull.CreateFrom(answer, target)
                : Errors.ObjectNotCreated.CreateFrom(answer, target, $"database '{target.Database}'", answer.MessageText);
        }
    }

    private async Task RunAsync(ServerSession maintenance, IEnumerable<string> statements, CancellationToken cancellationToken)
    {
        try
        {
            foreach (string statement in statements)
            {
                await maintenance.ExecuteAsync(statement, cancellationToken);
            }
        }
        catch (DataResilienceException failure) when (failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.DuplicateDatabase })
        {
            throw Errors.TargetExists.CreateFrom(failure.InnerException, target);
        }
        catch (DataResilienceException failure) when (failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.ObjectInUse } answer)
        {
            throw Errors.TargetInUse.CreateFrom(answer, target, answer.Detail?.TrimEnd('.') ?? answer.MessageText);
        }
    }

    private async Task<string?> RenameOldAsync(ServerSession maintenance, bool replace, CancellationToken cancellationToken)
    {
        if (!await DatabaseUse.ExistsAsync(maintenance, target.Database, cancellationToken))
        {
            return null;
        }

        if (!replace)
        {
            throw Errors.TargetExists.Create(target);
        }

        if (await DatabaseUse.DescribeAsync(maintenance, target.Database, cancellationToken) is { } users)
        {
            throw Errors.TargetInUse.Create(target, users);
        }

        return OldNamePrefix + Suffix();
    }
}
