using System.Globalization;
using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>A database that a restore made and marked. Disposed while it is marked, it is gone, whoever is in it and whatever was cancelled.</summary>
internal sealed class RestorePlace : IAsyncDisposable
{
    internal const string RestorePrefix = "dr_restore_";
    internal const string ReplacedPrefix = "dr_replaced_";

    private static readonly TimeSpan RemovalLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RemovalPause = TimeSpan.FromMilliseconds(200);

    private readonly ServerAddress target;
    private readonly ServerFailures failures;
    private readonly TimeProvider time;
    private bool isMade;

    private RestorePlace(ServerAddress target, string name, ServerFailures failures, TimeProvider time)
    {
        this.target = target;
        this.failures = failures;
        this.time = time;
        Name = name;
    }

    internal string Name { get; }

    internal ServerAddress Address => target.WithDatabase(Name);

    /// <summary>Runs before the database is removed, in the session that removes it.</summary>
    internal Func<ServerSession, CancellationToken, Task> BeforeRemoval { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>A name beside the target's.</summary>
    internal static string NewName(string prefix, Random random) => prefix + random.NextInt64().ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Makes a database and marks it.</summary>
    /// <param name="session">A session of the restore that holds the lock of the target.</param>
    /// <param name="target">The server and the wanted name.</param>
    /// <param name="name">The name of the database: the wanted one or one beside it.</param>
    /// <param name="definition">What CREATE DATABASE is given behind the name.</param>
    /// <param name="state">What it is, as its marker says.</param>
    /// <param name="failures">How failures are told.</param>
    /// <param name="time">Limits its removal.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static async Task<RestorePlace> CreateAsync(
        ServerSession session, ServerAddress target, string name, string definition, string state, ServerFailures failures, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var place = new RestorePlace(target, name, failures, time);
        try
        {
            await place.MakeAsync(session, definition, cancellationToken);
            await RestoreMarker.SetAsync(session, name, target.Database, state, time, cancellationToken);
            return place;
        }
        catch
        {
            await place.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets it be what it is: the marker goes.</summary>
    internal async Task KeepAsync(ServerSession session)
    {
        await session.ExecuteAsync($"DROP TABLE {SqlText.Name(Name, RestoreMarker.Table)}", CancellationToken.None);
        isMade = false;
    }

    /// <summary>Lets it be with its marker: it holds what must not be lost.</summary>
    internal void Leave() => isMade = false;

    /// <summary>
    /// A server that was restarted just then is asked again. What cannot be removed in time, the next restore of the same name
    /// removes; the failure that led here is what the caller is told.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(RemovalLimit, time);
        while (isMade && await TryRemoveAsync(limit.Token) is not null)
        {
            await Task.Delay(RemovalPause, time, limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            isMade = !limit.IsCancellationRequested;
        }
    }

    /// <summary>Removes it once; what is said where it could not be is why.</summary>
    internal async Task<string?> TryRemoveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using ServerSession session = await RestoreSession.OpenAsync(target.WithDatabase(""), failures, RemovalLimit, cancellationToken);
            await BeforeRemoval(session, cancellationToken);
            if (Name != target.Database || await IsOursAsync(session, cancellationToken))
            {
                await session.ExecuteAsync($"DROP DATABASE IF EXISTS {SqlText.Name(Name)}", cancellationToken);
            }

            isMade = false;
            return null;
        }
        catch (Exception failure) when (failure is DataResilienceException or OperationCanceledException)
        {
            return (failure.InnerException as MySqlException)?.Message ?? failure.Message.TrimEnd('.');
        }
    }

    /// <summary>A database of the wanted name whose making was cut off may be another's: it is ours if it is marked, or empty.</summary>
    private async Task<bool> IsOursAsync(ServerSession session, CancellationToken cancellationToken)
    {
        const string Tables = "SELECT COALESCE(SUM(table_name = 'dataresilience_restore') = 1 OR COUNT(*) = 0, 1) FROM information_schema.tables WHERE table_schema = ?";
        return await session.ScalarAsync(Tables, cancellationToken, Name) == "1";
    }

    /// <summary>Where the server refused there is nothing of ours: what has the name is another's. Where it did not answer, nobody knows.</summary>
    private async Task MakeAsync(ServerSession session, string definition, CancellationToken cancellationToken)
    {
        isMade = true;
        try
        {
            await session.ExecuteAsync($"CREATE DATABASE {SqlText.Name(Name)} {definition}", cancellationToken);
        }
        catch (DataResilienceException failure) when (failure.InnerException is MySqlException { Number: > 0 } answer)
        {
            isMade = false;
            if (failure.ErrorCode != Errors.ServerRefused.Code)
            {
                throw;
            }

            throw Errors.ObjectNotCreated.CreateFrom(answer, target, $"database '{Name}'", answer.Message);
        }
    }
}
