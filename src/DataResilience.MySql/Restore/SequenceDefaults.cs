namespace DataResilience.MySql;

/// <summary>Defaults that take the next value of a sequence: they name its database, and go on naming it when the sequence is renamed.</summary>
internal static class SequenceDefaults
{
    /// <summary>The statements that make the defaults of a database's tables name it instead of the one that they came from.</summary>
    internal static async Task<IReadOnlyList<string>> StatementsAsync(ServerSession session, string database, string former, CancellationToken cancellationToken)
    {
        if (!session.Version.IsMariaDb)
        {
            return [];
        }

        string place = SqlText.Name(former) + ".";
        IReadOnlyList<(string Table, string Column, string Default)> columns = await session.QueryAsync(
            "SELECT CAST(table_name AS CHAR), CAST(column_name AS CHAR), CAST(column_default AS CHAR) FROM information_schema.columns WHERE table_schema = ? AND LOCATE(?, column_default) > 0",
            row => (row.GetString(0), row.GetString(1), row.GetString(2)),
            cancellationToken,
            database,
            place);
        return
        [
            .. columns.Select(column =>
                $"ALTER TABLE {SqlText.Name(database, column.Table)} ALTER COLUMN {SqlText.Name(column.Column)} "
                + $"SET DEFAULT ({column.Default.Replace(place, SqlText.Name(database) + ".", StringComparison.Ordinal)})"),
        ];
    }
}
