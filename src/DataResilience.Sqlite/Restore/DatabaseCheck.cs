using DataResilience.Providers;

namespace DataResilience.Sqlite;

/// <summary>Lets SQLite check a database, or the tables that were restored into it.</summary>
/// <param name="session">The database.</param>
/// <param name="restored">The tables that were restored.</param>
internal sealed class DatabaseCheck(SqliteSession session, IReadOnlyList<string> restored)
{
    private const int MaxFindings = 100;

    private readonly HashSet<string> restoredNames = restored.ToHashSet(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> findings = [];
    private readonly List<string> warnings = [];

    internal TargetCheck Result => new(findings, warnings);

    internal void Whole()
    {
        CheckStructure($"PRAGMA main.integrity_check({MaxFindings})");
        CheckForeignKeys(Children());
    }

    /// <summary>Checks the restored tables, and the foreign keys of the tables that refer to them.</summary>
    internal void RestoredTables()
    {
        foreach (string table in restored)
        {
            CheckStructure($"PRAGMA main.integrity_check({SqliteName.Quote(table)})");
        }

        CheckForeignKeys(Children().Where(pair => restoredNames.Contains(pair.Child) || restoredNames.Contains(pair.Parent)));
    }

    private void CheckStructure(string pragma)
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

    /// <summary>Every pair of a table and a table that it has a foreign key to, which need not be there.</summary>
    private List<(string Child, string Parent)> Children()
    {
        using SqliteStatement statement = session.Prepare(
            """
            SELECT DISTINCT child.name, parent."table" FROM main.sqlite_schema child, pragma_foreign_key_list(child.name, 'main') parent
            WHERE child.type = 'table' ORDER BY child.rowid
            """);
        var pairs = new List<(string Child, string Parent)>();
        while (statement.Step())
        {
            pairs.Add((statement.Text(0), statement.Text(1)));
        }

        return pairs;
    }

    /// <summary>
    /// Rows without a parent are told and not refused: what was restored is proved equal to the backup, so they were in the source, where
    /// SQLite checks foreign keys only if asked to; and a copy that cannot be restored for a fault of the source is no backup.
    /// </summary>
    private void CheckForeignKeys(IEnumerable<(string Child, string Parent)> pairs)
    {
        foreach (string child in pairs.Select(pair => pair.Child).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var orphans = new SortedDictionary<string, long>(StringComparer.OrdinalIgnoreCase);
            CountOrphans(child, orphans);
            warnings.AddRange(orphans.Select(pair =>
                $"foreign key: {pair.Value} {(pair.Value == 1 ? "row" : "rows")} of '{child}' {(pair.Value == 1 ? "has" : "have")} no parent in '{pair.Key}'; {ReasonOf(child, pair.Key)}"));
        }
    }

    private string ReasonOf(string child, string parent) =>
        restoredNames.Contains(child) && restoredNames.Contains(parent) ? "so it is in the backup" : "of these two tables one was not restored";

    private void CountOrphans(string child, SortedDictionary<string, long> orphans)
    {
        try
        {
            using SqliteStatement statement = session.Prepare($"PRAGMA main.foreign_key_check({SqliteName.Quote(child)})");
            while (statement.Step())
            {
                string parent = statement.Text(2);
                orphans[parent] = orphans.GetValueOrDefault(parent) + 1;
            }
        }
        catch (DataResilienceException mismatch) when (mismatch.ErrorCode == Errors.RestoreCheckFailed.Code)
        {
            // A foreign key to columns without a unique index cannot be checked at all; its definition is the source's too.
            warnings.Add(mismatch.Message);
        }
    }
}
