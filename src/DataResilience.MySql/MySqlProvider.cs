using System.Security.Cryptography;
using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>Backs up and restores databases of MySQL and MariaDB servers.</summary>
public sealed class MySqlProvider : IDatabaseProvider
{
    private readonly TimeProvider time;
    private readonly Random random;

    /// <summary>Makes the provider with the system's clock.</summary>
    public MySqlProvider()
        : this(TimeProvider.System, new Random(RandomNumberGenerator.GetInt32(int.MaxValue)))
    {
    }

    /// <summary>Makes the provider.</summary>
    /// <param name="timeProvider">Bounds the holding of locks, and the waiting for what was cancelled.</param>
    /// <param name="random">Draws the names of what is temporary.</param>
    public MySqlProvider(TimeProvider timeProvider, Random random)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentNullException.ThrowIfNull(random);
        time = timeProvider;
        this.random = random;
    }

    /// <inheritdoc/>
    public IReadOnlyList<DatabaseEngine> Engines { get; } = [DatabaseEngine.MySql, DatabaseEngine.MariaDb];

    /// <inheritdoc/>
    public IRowFormat RowFormat { get; } = new MySqlRowFormat();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Database>> ListDatabasesAsync(
        DatabaseEndpoint endpoint, DatabaseListOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ServerAddress address = ServerAddress.Of(endpoint);
        await using ServerSession session = await ServerSession.OpenAsync(
            address.WithDatabase(""), new SourceFailures(), SessionPurpose.Read, cancellationToken);
        return await DatabaseLister.ListAsync(session, endpoint, options, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ISourceSnapshot> OpenSnapshotAsync(DatabaseEndpoint source, SnapshotOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        return SnapshotOpener.OpenAsync(AddressOfDatabase(source), options, time, cancellationToken);
    }

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
