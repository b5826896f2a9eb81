using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>Where in the binary log a server is, as far as the user may know it.</summary>
internal static class PositionReader
{
    /// <summary>Reads it, while the state is held.</summary>
    internal static async Task<IReadOnlyDictionary<string, string>> ReadAsync(
        ServerSession session, ServerSession reader, CancellationToken cancellationToken)
    {
        bool isMariaDb = session.Version.IsMariaDb;
        var position = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["serverId"] = await session.ScalarAsync("SELECT @@GLOBAL.server_id", cancellationToken) ?? "",
            ["logBin"] = await session.ScalarAsync("SELECT IF(@@GLOBAL.log_bin, 'true', 'false')", cancellationToken) ?? "",
        };
        (string Name, string Value)[] more = isMariaDb
            ?
            [
                ("gtidBinlogPos", "@@GLOBAL.gtid_binlog_pos"),
                ("gtidCurrentPos", "@@GLOBAL.gtid_current_pos"),
            ]
            :
            [
                ("serverUuid", "@@GLOBAL.server_uuid"),
                ("gtidExecuted", "@@GLOBAL.gtid_executed"),
                ("gtidPurged", "@@GLOBAL.gtid_purged"),
            ];
        foreach ((string name, string value) in more)
        {
            // A set of several servers is written in several lines.
            position[name] = (await session.ScalarAsync($"SELECT {value}", cancellationToken) ?? "").Replace("\n", "", StringComparison.Ordinal);
        }

        await AddFileAsync(position, session, reader, cancellationToken);
        return position;
    }

    private static async Task AddFileAsync(
        Dictionary<string, string> position, ServerSession session, ServerSession reader, CancellationToken cancellationToken)
    {
        string statement = session.Version.IsMySqlSince(8, 4) ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS";
        try
        {
            IReadOnlyList<(string File, string Place)> found = session.Version.IsMariaDb
                ? await ReadFromSnapshotAsync(reader, cancellationToken)
                : await session.QueryAsync(statement, row => (row.GetString(0), Text(row, 1)), cancellationToken);
            if (found.Count > 0 && found[0].File.Length > 0)
            {
                (position["file"], position["position"]) = found[0];
            }
        }
        catch (DataResilienceException failure) when (HoldFailure.Of(failure) is { MayTryAgain: false })
        {
            // Only REPLICATION CLIENT may know it; the sets above need no right.
            position.Remove("file");
        }
    }

    // What MariaDB keeps for the session's own snapshot needs no right.
    private static Task<IReadOnlyList<(string File, string Place)>> ReadFromSnapshotAsync(
        ServerSession reader, CancellationToken cancellationToken) => reader.QueryAsync(
        """
        SELECT MAX(IF(VARIABLE_NAME = 'BINLOG_SNAPSHOT_FILE', VARIABLE_VALUE, '')),
            MAX(IF(VARIABLE_NAME = 'BINLOG_SNAPSHOT_POSITION', VARIABLE_VALUE, ''))
        FROM information_schema.SESSION_STATUS
        WHERE VARIABLE_NAME IN ('BINLOG_SNAPSHOT_FILE', 'BINLOG_SNAPSHOT_POSITION')
        """,
        row => (Text(row, 0), Text(row, 1)),
        cancellationToken);

    private static string Text(MySqlDataReader row, int column) =>
        row.IsDBNull(column) ? "" : Convert.ToString(row.GetValue(column), System.Globalization.CultureInfo.InvariantCulture) ?? "";
}
