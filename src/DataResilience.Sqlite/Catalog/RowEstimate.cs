using System.Globalization;

namespace DataResilience.Sqlite;

/// <summary>How many rows ANALYZE counted, where it was run.</summary>
internal static class RowEstimate
{
    /// <summary>The first number of sqlite_stat1.stat is the number of rows of the table's index (sqlite.org/fileformat2.html).</summary>
    internal static Dictionary<string, long> Read(SqliteSession session, Dictionary<string, TableTraits> traits)
    {
        var estimates = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        if (!traits.ContainsKey("sqlite_stat1"))
        {
            return estimates;
        }

        using SqliteStatement statement = session.Prepare("SELECT tbl, stat FROM main.sqlite_stat1");
        while (statement.Step())
        {
            string first = statement.Text(1).Split(' ')[0];
            if (long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out long rows))
            {
                // Partial indexes hold fewer rows than their table.
                estimates[statement.Text(0)] = Math.Max(rows, estimates.GetValueOrDefault(statement.Text(0)));
            }
        }

        return estimates;
    }
}
