using System.Globalization;
using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>Lets the server gather what its query planner needs to know of restored tables.</summary>
internal static class Statistics
{
    /// <summary>Gathers it, several tables at once.</summary>
    /// <remarks>Not in the log for replicas: each gathers its own.</remarks>
    internal static async Task<string?> CollectAsync(
        RestoreSessions sessions, string database, IReadOnlyList<TableSchema> tables, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = sessions.Most, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(tables, parallel, async (table, token) =>
            await sessions.UseAsync(
                session => session.QueryAsync($"ANALYZE NO_WRITE_TO_BINLOG TABLE {SqlText.Name(database, table.Name)}", row => row.GetString(3), token), token));
        return string.Create(CultureInfo.InvariantCulture, $"of {tables.Count} {(tables.Count == 1 ? "table" : "tables")}");
    }
}
