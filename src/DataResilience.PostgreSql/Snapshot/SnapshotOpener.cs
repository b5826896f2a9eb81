using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>
/// Opens a snapshot: lists the tables, locks them, and only then takes the snapshot, so that what is locked is what the snapshot
/// has. Where a table was made, dropped or renamed in between it begins again.
/// </summary>
internal sealed class SnapshotOpener
{
    private const int MostAttempts = 20;

    private readonly ServerAddress address;
    private readonly SnapshotOptions options;
    private readonly TimeProvider time;
    private readonly ClientHost host;
    private readonly SourceFailures failures = new();

    private SnapshotOpener(ServerAddress address, SnapshotOptions options, TimeProvider time, ClientHost host) =>
        (this.address, this.options, this.time, this.host) = (address, options, time, host);

    /// <summary>Opens a snapshot of a database.</summary>
    /// <param name="address">The database.</param>
    /// <param name="options">How to open it.</param>
    /// <param name="time">Limits the waiting for what was cancelled.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="host">Where pg_dump runs; null means this host.</param>
    internal static Task<PostgreSqlSnapshot> OpenAsync(
        ServerAddress address, SnapshotOptions options, TimeProvider time, CancellationToken cancellationToken, ClientHost? host = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(options);
        return new SnapshotOpener(address, options, time, host ?? ClientHost.Local).OpenAsync(cancellationToken);
    }

    private async Task<PostgreSqlSnapshot> OpenAsync(CancellationToken cancellationToken)
    {
        ServerSession session = await OpenSessionAsync(cancellationToken);
        try
        {
            string lsnBefore = await PositionReader.LsnAsync(session, cancellationToken);
            LockedTables tables = await LockAsync(session, cancellationToken);
            PositionFacts facts = await PositionReader.ReadAsync(session, lsnBefore, cancellationToken);
            string id = await session.ScalarAsync<string>("SELECT pg_export_snapshot()", cancellationToken) ?? "";
            var coordinator = new Coordinator(session, id);
            var readers = new ReaderPool(coordinator, OpenSessionAsync, Math.Max(options.Readers, 1));
            return new PostgreSqlSnapshot(coordinator, readers, tables, facts, options) { Host = host };
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Leaves the session in a transaction that has a snapshot and locks on every table in it that is wanted.</summary>
    private async Task<LockedTables> LockAsync(ServerSession session, CancellationToken cancellationToken)
    {
        IReadOnlyList<SourceRelation> listed = await RelationList.ReadAsync(session, counted: null, cancellationToken);
        var locks = new TableLocks(session, options.LockTimeout);
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            var demand = new TableDemand(listed, options.TakesTable);
            ILookup<bool, SourceRelation> lockable = listed.Where(CanBeLocked).ToLookup(relation => demand.Needs(relation) || relation.IsReadByCode);
            // LOCK TABLE needs no snapshot; the first query behind it takes the one that everything is read from.
            await session.ExecuteAsync("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY", cancellationToken);
            if (await locks.TryTakeAsync([.. lockable[true]], cancellationToken))
            {
                IReadOnlyList<SourceRelation> left = await locks.TakeAtOnceAsync([.. lockable[false]], cancellationToken);
                IEnumerable<SourceRelation> locked = listed.Where(relation => CanBeLocked(relation) || relation.IsSystem).Except(left);
                IReadOnlyList<SourceRelation> present = await RelationList.ReadAsync(session, locked, cancellationToken);
                if (IsCovered(present, listed))
                {
                    return new LockedTables(present, demand, left.Select(relation => relation.Oid).ToHashSet());
                }
            }

            await session.ExecuteAsync("ROLLBACK", cancellationToken);
            listed = await RelationList.ReadAsync(session, counted: null, cancellationToken);
        }

        throw Errors.SourceUnreadable.Create(address, "its tables are made and dropped faster than they can be locked");
    }

    private static bool IsCovered(IReadOnlyList<SourceRelation> present, IReadOnlyList<SourceRelation> locked)
    {
        var identities = locked.Where(CanBeLocked).Select(Identity).ToHashSet();
        return present.Where(CanBeLocked).All(relation => identities.Contains(Identity(relation)));
    }

    // A table that may not be read cannot be locked either: whoever reads it is told.
    private static bool CanBeLocked(SourceRelation relation) => relation is { IsReadable: true, IsSystem: false };

    private static (uint, string, string) Identity(SourceRelation relation) => (relation.Oid, relation.Schema, relation.Name);

    private Task<ServerSession> OpenSessionAsync(CancellationToken cancellationToken) =>
        ServerSession.OpenAsync(address, failures, cancellationToken, time);
}
