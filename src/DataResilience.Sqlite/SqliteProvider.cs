using System.Security.Cryptography;
using DataResilience.Providers;

namespace DataResilience.Sqlite;

/// <summary>Backs up and restores SQLite databases.</summary>
public sealed class SqliteProvider : IDatabaseProvider
{
    private readonly TimeProvider time;
    private readonly Random random;

    /// <summary>Makes the provider with the system's clock.</summary>
    public SqliteProvider()
        : this(TimeProvider.System, new Random(RandomNumberGenerator.GetInt32(int.MaxValue)))
    {
    }

    /// <summary>Makes the provider.</summary>
    /// <param name="timeProvider">Limits the waiting for locks.</param>
    /// <param name="random">Draws the names of temporary files.</param>
    public SqliteProvider(TimeProvider timeProvider, Random random)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentNullException.ThrowIfNull(random);
        time = timeProvider;
        this.random = random;
    }

    /// <inheritdoc/>
    public IReadOnlyList<DatabaseEngine> Engines { get; } = [DatabaseEngine.Sqlite];

    /// <inheritdoc/>
    public IRowFormat RowFormat { get; } = new SqliteRowFormat();

    /// <summary>The most pages a restored database may have; lets a test fill a disk that is not full.</summary>
    internal long? MaxTargetPages { get; init; }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Database>> ListDatabasesAsync(
        DatabaseEndpoint endpoint, DatabaseListOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        PathOf(endpoint);
        return await Task.Run(() => DatabaseLister.List(endpoint, options, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ISourceSnapshot> OpenSnapshotAsync(
        DatabaseEndpoint source, SnapshotOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new SnapshotOpener(time).OpenAsync(PathOf(source), options, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<TargetState> InspectTargetAsync(DatabaseEndpoint target, TargetOptions options, CancellationToken cancellationToken) =>
        TargetInspector.InspectAsync(PathOf(target), time, cancellationToken);

    /// <inheritdoc/>
    public async Task<IRestoreTarget> OpenTargetAsync(
        DatabaseEndpoint target, TargetOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var place = new TargetPlace(PathOf(target), time);
        place.RequireDirectory();
        if (!options.IncludesSchema || (options.IsPartial && File.Exists(place.Path)))
        {
            return await LiveDatabaseTarget.OpenAsync(place.Path, options, time, cancellationToken);
        }

        await place.RequireFreeAsync(options, cancellationToken);
        return NewDatabaseTarget.Open(place, options, random, MaxTargetPages);
    }

    private static string PathOf(DatabaseEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return Path.IsPathFullyQualified(endpoint.Database)
            ? endpoint.Database
            : throw Errors.EndpointInvalid.Create(endpoint, "its path is not absolute");
    }
}
