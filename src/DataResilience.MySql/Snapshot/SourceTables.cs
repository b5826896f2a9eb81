using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>The tables of a database whose rows are backed up.</summary>
internal static class SourceTables
{
    // A sequence of MariaDB is a table too, of another type.
    private const string Query =
        """
        SELECT TABLE_NAME, COALESCE(ENGINE, ''), CAST(COALESCE(TABLE_ROWS, 0) AS SIGNED), CAST(COALESCE(DATA_LENGTH, 0) AS SIGNED)
        FROM information_schema.TABLES
        WHERE TABLE_SCHEMA = ? AND TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED')
        ORDER BY TABLE_NAME
        """;

    /// <summary>Lists those that the user's choice takes.</summary>
    internal static async Task<IReadOnlyList<SourceTable>> ReadAsync(
        ServerSession session, SnapshotOptions options, CancellationToken cancellationToken)
    {
        IReadOnlyList<SourceTable> all = await session.QueryAsync(
            Query,
            row => new SourceTable(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3)),
            cancellationToken,
            session.Address.Database);
        return [.. all.Where(table => options.TakesTable?.Invoke([table.Name]) != false)];
    }
}
