namespace DataResilience.PostgreSql;

/// <summary>Where in the write-ahead log a snapshot is. It has no position of its own: it lies between two.</summary>
internal static class PositionReader
{
    private const string Lsn =
        "SELECT (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END)::text";

    private const string Facts =
        """
        SELECT pg_current_snapshot()::text, pg_is_in_recovery(),
            (SELECT oid::text FROM pg_catalog.pg_database WHERE datname = current_database()),
            has_function_privilege('pg_control_system()', 'EXECUTE') AND has_function_privilege('pg_control_checkpoint()', 'EXECUTE')
        """;

    private const string Control =
        "SELECT s.system_identifier::text, c.timeline_id::text FROM pg_control_system() s, pg_control_checkpoint() c";

    /// <summary>Where the log is now; empty on a standby that has replayed nothing yet.</summary>
    internal static async Task<string> LsnAsync(ServerSession session, CancellationToken cancellationToken) =>
        await session.ScalarAsync<string>(Lsn, cancellationToken) ?? "";

    /// <summary>Reads what is known of the position in the transaction that has the snapshot.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="lsnBefore">Where the log was before the snapshot was taken.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static async Task<PositionFacts> ReadAsync(ServerSession session, string lsnBefore, CancellationToken cancellationToken)
    {
        string lsnAfter = await LsnAsync(session, cancellationToken);
        var facts = (await session.QueryAsync(
            Facts,
            row => (Snapshot: row.GetString(0), IsStandby: row.GetBoolean(1), Oid: row.GetString(2), MayReadControl: row.GetBoolean(3)),
            cancellationToken))[0];
        var position = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["lsnBefore"] = lsnBefore,
            ["lsnAfter"] = lsnAfter,
            ["snapshot"] = facts.Snapshot,
            ["databaseOid"] = facts.Oid,
            ["isStandby"] = facts.IsStandby ? "true" : "false",
        };
        if (facts.MayReadControl)
        {
            (position["systemIdentifier"], position["timeline"]) = (await session.QueryAsync(
                Control, row => (row.GetString(0), row.GetString(1)), cancellationToken))[0];
        }

        return new PositionFacts(position, facts.IsStandby);
    }
}
