using System.Globalization;
using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>Lets the server gather what its planner needs to know of the restored rows.</summary>
internal static class Statistics
{
    /// <summary>Analyzes tables, as far as the user may.</summary>
    /// <returns>How many, for the user.</returns>
    internal static async Task<string?> CollectAsync(ServerSession session, IReadOnlyList<TableSchema> tables, CancellationToken cancellationToken)
    {
        TableSchema[] chosen = [.. tables.Where(table => !LargeObjectLoader.Takes(table))];
        foreach (TableSchema table in chosen)
        {
            await session.ExecuteAsync($"ANALYZE {SqlName.Quote(table.Schema, table.Name)}", cancellationToken);
        }

        return chosen.Length == 1 ? "1 table analyzed" : string.Create(CultureInfo.InvariantCulture, $"{chosen.Length} tables analyzed");
    }
}
