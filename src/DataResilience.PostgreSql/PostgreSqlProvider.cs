using System.Security.Cryptography;
using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>Backs up and restores databases of PostgreSQL servers.</summary>
public sealed class PostgreSqlProvider : IDatabaseProvider
{
    private readonly TimeProvider time;
    private readonly Random random;

    /// <summary>Makes the provider with the system's clock.</summary>
    public PostgreSqlProvider()
        : this(TimeProvider.System, new Random(RandomNumberGenerator.GetInt32(int.MaxValue)))
    {
    }

    /// <summary>Makes the provider.</summary>
    /// <param name="timeProvider">Limits the waiting for what was cancelled, and marks what is temporary.</param>
    /// <param name="random">Draws the names of temporary databases.</param>
    public PostgreSqlProvider(TimeProvider timeProvider, Random random)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentNullException.ThrowIfNull(random);
        time = timeProvider;
        this.random = random;
    }

    /// <inheritdoc/>
    public IReadOnlyList<DatabaseEngine> Engines { get; } = [DatabaseEngine.PostgreSql];

    /// <summary>Where PostgreSQL's own programs run.</summary>
    internal ClientHost ClientHost { get; init; } = ClientHost.Local;

    /// <inheritdoc/>
    public IRowFormat RowFormat { get; } = new PostgreSqlRowFormat();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Database>> ListDatabasesAsync(
        DatabaseEndpoint endpoint, DatabaseListOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ServerAddress address = ServerAddress.Of(endpoint);
        var failures = new SourceFailures();
        await using ServerSession session = address.Database.Length == 0
            ? await MaintenanceSession.OpenAsync(address, failures, cancellationToken)
            : await ServerSession.OpenAsync(address, failures, cancellationToken);
        return await DatabaseLister.ListAsync(session, endpoint, options, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ISourceSnapshot> OpenSnapshotAsync(
        DatabaseEndpoint source, SnapshotOptions options, CancellationToken cancellationToken) =>
        await SnapshotOpener.OpenAsync(AddressOfDatabase(source), options, time, cancellationToken, ClientHost);

    /// <inheritdoc/>
    public Task<TargetState> InspectTargetAsync(DatabaseEndpoint target, TargetOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        return TargetInspector.InspectAsync(AddressOfDatabase(target), options, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IRestoreTarget> OpenTargetAsync(DatabaseEndpoint target, TargetOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        return TargetOpener.OpenAsync(AddressOfDatabase(target), options, random, time, cancellationToken);
    }

    private static ServerAddress AddressOfDatabase(DatabaseEndpoint endpoint)
    {
        ServerAddress address = ServerAddress.Of(endpoint);
        return address.Database.Length > 0 ? address : throw Errors.EndpointInvalid.Create(endpoint, "it names no database");
    }
}
