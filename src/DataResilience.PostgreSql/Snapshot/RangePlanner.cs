using System.Globalization;
using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>Cuts a table at multiples of a fixed number of pages, so that a range stays what it is however the table grows.</summary>
internal static class RangePlanner
{
    // 32 MiB of pages as PostgreSQL is built everywhere.
    internal const int PagesInRange = 4096;

    // The first version that goes to a page instead of reading all that is before it.
    private const int FirstRangeScan = 14;

    /// <summary>Plans the ranges of a table.</summary>
    /// <param name="relation">The table; null if nothing is known of it.</param>
    /// <param name="serverMajor">The server's major version.</param>
    internal static IReadOnlyList<RowRange> Plan(SourceRelation? relation, int serverMajor)
    {
        int ranges = relation is { IsHeap: true } && serverMajor >= FirstRangeScan
            ? (int)Math.Max((relation.Pages + PagesInRange - 1) / PagesInRange, 1)
            : 1;
        // The last one has no end: pages may have been added, with rows that the snapshot does not see.
        return [.. Enumerable.Range(0, ranges).Select(place => new RowRange(
            place, place == 0 ? null : Page(place), place == ranges - 1 ? null : Page(place + 1)))];
    }

    private static string Page(long range) => (range * PagesInRange).ToString(CultureInfo.InvariantCulture);
}
