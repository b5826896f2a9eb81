using System.Globalization;
using DataResilience.Providers;
using Npgsql;

namespace DataResilience.PostgreSql;

/// <summary>
/// The tables of a live database that are restored, within its transaction: room is made for those that are created again; those
/// that only get rows are locked against other writers, and none of their triggers fires.
/// </summary>
/// <remarks>
/// Foreign keys of tables that only get rows: under <c>session_replication_role = replica</c>, which needs a right of its own, the
/// server checks none, so <see cref="FindOrphansAsync"/> looks for rows without a parent when all rows are in. Without that right they
/// are made deferrable for the transaction, the server checks them there, and they are what they were again afterwards.
/// </remarks>
internal sealed class LiveTables(ServerSession session, ServerAddress target, TargetOptions options)
{
    private readonly TableChoice choice = new(options);
    private readonly LiveTriggers triggers = new(session);
    private readonly LiveForeignKeys foreignKeys = new(session);
    private long[] oids = [];

    /// <summary>Makes the tables ready.</summary>
    internal async Task PrepareAsync(CancellationToken cancellationToken)
    {
        // A wait of 0 would be a wait for ever.
        long milliseconds = options.LockTimeout == Timeout.InfiniteTimeSpan ? 0 : Math.Clamp((long)options.LockTimeout.TotalMilliseconds, 1, int.MaxValue);
        await session.ExecuteAsync($"SET LOCAL lock_timeout = {milliseconds.ToString(CultureInfo.InvariantCulture)}", cancellationToken);
        PresentTables present = await PresentTables.ReadAsync(session, cancellationToken);
        var conditions = new LiveConditions(session, target, options);
        Require(await conditions.FindTablesAsync(present, cancellationToken));
        Require(await conditions.FindDependentsAsync(present, cancellationToken));
        await WithLocksAsync(
            () => options.IncludesSchema ? DropAsync(present, cancellationToken) : OpenForRowsAsync(present, cancellationToken),
            cancellationToken);
    }

    /// <summary>Runs what waits for locks, and says who holds one that did not come in time.</summary>
    internal async Task WithLocksAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
        }
        catch (DataResilienceException failure) when (failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable })
        {
            await session.ExecuteAsync("ROLLBACK", cancellationToken);
            string[] concerned =
            [
                .. choice.Names,
                .. options.Objects.Select(item => item.Options.GetValueOrDefault(ObjectOption.References, "")).Where(name => name.Length > 0),
            ];
            (string table, string holder) = await TableHolder.FindAsync(session, concerned, cancellationToken);
            throw Errors.TableLocked.CreateFrom(
                failure.InnerException, target, table, options.LockTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture), holder);
        }
    }

    /// <summary>Finds rows without a parent.</summary>
    internal Task<IReadOnlyList<string>> FindOrphansAsync(CancellationToken cancellationToken) => foreignKeys.CheckAsync(oids, cancellationToken);

    /// <summary>Leaves the tables as they were, but for their rows and sequences that are past them.</summary>
    internal async Task SettleAsync(CancellationToken cancellationToken)
    {
        await foreignKeys.CloseAsync(cancellationToken);
        await triggers.EnableAsync(cancellationToken);
        await LiveSequences.AdvanceAsync(session, oids, cancellationToken);
    }

    private static void Require(IReadOnlyList<DataResilienceException> obstacles)
    {
        if (obstacles.Count > 0)
        {
            throw obstacles[0];
        }
    }

    private async Task DropAsync(PresentTables present, CancellationToken cancellationToken)
    {
        SchemaObject[] found = [.. choice.Created.Where(item => present.Has($"{item.Schema}.{item.Name}"))];
        foreach (IGrouping<string, SchemaObject> kind in found.GroupBy(item => item.Kind, StringComparer.Ordinal))
        {
            string names = string.Join(", ", kind.Select(item => SqlName.Quote(item.Schema, item.Name)));
            await session.ExecuteAsync($"DROP {kind.Key.ToUpperInvariant()} {names}", cancellationToken);
        }

        string[] largeObjects =
        [
            .. options.Objects.Where(item => item.Kind == ObjectKind.LargeObject)
                .SelectMany(item => item.Options.GetValueOrDefault(ObjectOption.LargeObjects, item.Name).Split(',')),
        ];
        if (options.Replace && largeObjects.Length > 0)
        {
            const string Remove = """
                SELECT pg_catalog.count(pg_catalog.lo_unlink(oid)) FROM pg_catalog.pg_largeobject_metadata WHERE oid = ANY ($1::pg_catalog.oid[])
                """;
            await session.ScalarAsync<long>(Remove, cancellationToken, [largeObjects]);
        }
    }

    private async Task OpenForRowsAsync(PresentTables present, CancellationToken cancellationToken)
    {
        TableSchema[] chosen = [.. options.Tables.Where(table => !LargeObjectLoader.Takes(table))];
        if (chosen.Length == 0)
        {
            return;
        }

        oids = present.OidsOf(chosen.Select(table => table.QualifiedName));
        string names = string.Join(", ", chosen.Select(table => $"ONLY {SqlName.Quote(table.Schema, table.Name)}"));
        // What others write meanwhile could not be told from what is restored.
        await session.ExecuteAsync($"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE", cancellationToken);
        bool isReplica = await triggers.DisableAsync(oids, cancellationToken);
        await foreignKeys.OpenAsync(oids, isReplica, cancellationToken);
        if (options.Replace)
        {
            await session.ExecuteAsync($"TRUNCATE {names}", cancellationToken);
        }
    }
}
