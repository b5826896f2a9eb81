namespace DataResilience.Sqlite;

/// <summary>Lets SQLite check a database, or some of its tables.</summary>
internal static class DatabaseCheck
{
    private const int MaxFindings = 100;

    internal static List<string> Whole(SqliteSession session)
    {
        var findings = new List<string>();
        CheckStructure(session, $"PRAGMA main.integrity_check({MaxFindings})", findings);
        CheckForeignKeys(session, "PRAGMA main.foreign_key_check", findings);
        return findings;
    }

    /// <summary>Checks tables and the tables with foreign keys to them.</summary>
    internal static List<string> Tables(SqliteSession session, IReadOnlyCollection<string> tables)
    {
        var findings = new List<string>();
        foreach (string table in tables)
        {
            CheckStructure(session, $"PRAGMA main.integrity_check({SqliteName.Quote(table)})", findings);
        }

        foreach (string table in tables.Union(Referencing(session, tables), StringComparer.OrdinalIgnoreCase))
        {
            CheckForeignKeys(session, $"PRAGMA main.foreign_key_check({SqliteName.Quote(table)})", findings);
        }

        return findings;
    }

    private static void CheckStructure(SqliteSession session, string pragma, List<string> findings)
    {
        using SqliteStatement statement = session.Prepare(pragma);
        while (statement.Step())
        {
            if (statement.Text(0) is var finding and not "ok")
            {
                findings.Add(finding);
            }
        }
    }

    private static void CheckForeignKeys(SqliteSession session, string pragma, List<string> findings)
    {
        try
        {
            using SqliteStatement statement = session.Prepare(pragma);
            while (findings.Count < MaxFindings && statement.Step())
            {
                string row = statement.IsNull(1) ? "a row" : $"row {statement.Text(1)}";
                findings.Add($"foreign key: {row} of '{statement.Text(0)}' has no parent in '{statement.Text(2)}'");
            }
        }
        catch (DataResilienceException mismatch) when (mismatch.ErrorCode == Errors.RestoreCheckFailed.Code)
        {
            // A foreign key to columns without a unique index cannot be checked at all; the source had it, so it is told, not refused.
            findings.Add(mismatch.Message);
        }
    }

    private static List<string> Referencing(SqliteSession session, IReadOnlyCollection<string> tables)
    {
        using SqliteStatement statement = session.Prepare(
            """
            SELECT DISTINCT child.name, parent."table" FROM main.sqlite_schema child, pragma_foreign_key_list(child.name) parent
            WHERE child.type = 'table'
            """);
        var parents = tables.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var found = new List<string>();
        while (statement.Step())
        {
            if (parents.Contains(statement.Text(1)))
            {
                found.Add(statement.Text(0));
            }
        }

        return found;
    }
}
