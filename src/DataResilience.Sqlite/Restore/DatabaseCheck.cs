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

    private void CheckForeignKeys(IEnumerable<(string Child, string Parent)> pairs)
    {
        foreach (IGrouping<string, string> child in pairs.GroupBy(pair => pair.Child, pair => pair.Parent, StringComparer.OrdinalIgnoreCase))
        {
            var others = new SortedDictionary<string, long>(StringComparer.OrdinalIgnoreCase);
            CheckForeignKeys(child.Key, child, others);
            warnings.AddRange(others.Select(other =>
                $"foreign key: {other.Value} rows of '{child.Key}' have no parent in '{other.Key}'; of these two tables one was not restored"));
        }
    }

    /// <param name="child">The table whose foreign keys are checked.</param>
    /// <param name="parents">The tables it refers to.</param>
    /// <param name="others">Counts the rows without a parent in a table where one of the two was not restored.</param>
    private void CheckForeignKeys(string child, IEnumerable<string> parents, SortedDictionary<string, long> others)
    {
        bool isRestored = restoredNames.Contains(child);
        try
        {
            using SqliteStatement statement = session.Prepare($"PRAGMA main.foreign_key_check({SqliteName.Quote(child)})");
            while (findings.Count < MaxFindings && statement.Step())
            {
                string parent = statement.Text(2);
                if (isRestored && restoredNames.Contains(parent))
                {
                    findings.Add(OrphanOf(statement, parent));
                }
                else
                {
                    others[parent] = others.GetValueOrDefault(parent) + 1;
                }
            }
        }
        catch (DataResilienceException mismatch) when (mismatch.ErrorCode == Errors.RestoreCheckFailed.Code)
        {
            // A foreign key to columns without a unique index cannot be checked at all. The index belongs to the parent: if that was not
            // restored, its lack is no fault of the restore.
            bool isOwn = isRestored && parents.All(restoredNames.Contains);
            (isOwn ? findings : warnings).Add(mismatch.Message);
        }
    }

    private static string OrphanOf(SqliteStatement statement, string parent)
    {
        string row = statement.IsNull(1) ? "a row" : $"row {statement.Text(1)}";
        return $"foreign key: {row} of '{statement.Text(0)}' has no parent in '{parent}'";
    }
}
