using System.Globalization;
using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>
/// Cuts a table where the next backup will cut it too, however it has grown: at numbers of a grid whose steps are powers of two, or at
/// rows that a hash of their own key chooses.
/// </summary>
/// <param name="session">A session that has the snapshot.</param>
/// <param name="table">The table.</param>
/// <param name="source">What the server's catalog says of it.</param>
/// <param name="key">Its key.</param>
/// <param name="rangeBytes">How many bytes of rows a range is to have, roughly.</param>
internal sealed class RangePlanner(ServerSession session, TableSchema table, SourceTable source, TableKey key, long rangeBytes)
{
    /// <summary>How many bytes of rows a range has where nobody asks for another size.</summary>
    internal const long RangeBytes = 32 << 20;

    // Cells of a grid are looked at one by one: a table of 2 TB has this many.
    private const int MostRanges = 1 << 16;

    private readonly string from = $"{SqlText.Name(session.Address.Database, table.Name)}{RowQuery.Times(table)}";

    /// <summary>All rows in one range.</summary>
    internal static IReadOnlyList<RowRange> Whole { get; } = [new RowRange(0, null, null)];

    private double RowsInRange => Math.Max(rangeBytes / ((double)source.Bytes / Math.Max(source.Rows, 1)), 1);

    /// <summary>Plans the ranges.</summary>
    internal async Task<IReadOnlyList<RowRange>> PlanAsync(CancellationToken cancellationToken)
    {
        if (source.Bytes <= rangeBytes || !key.Columns.All(column => column.IsComparable))
        {
            return Whole;
        }

        IReadOnlyList<string> boundaries = key.Columns is [{ IsInteger: true }]
            ? await FindCellsAsync(cancellationToken)
            : await FindRowsAsync(cancellationToken);
        return [.. Enumerable.Range(0, boundaries.Count + 1).Select(place => new RowRange(
            place, place == 0 ? null : boundaries[place - 1], place == boundaries.Count ? null : boundaries[place]))];
    }

    /// <summary>Boundaries on a grid of numbers.</summary>
    private async Task<IReadOnlyList<string>> FindCellsAsync(CancellationToken cancellationToken)
    {
        string name = SqlText.Name(key.Columns[0].Name);
        (Int128 first, Int128 last) = (await session.QueryAsync(
            $"SELECT CAST(MIN({name}) AS CHAR), CAST(MAX({name}) AS CHAR) FROM {from}",
            row => row.IsDBNull(0) ? (0, 0) : (Number(row.GetString(0)), Number(row.GetString(1))),
            cancellationToken))[0];
        var grid = new KeyGrid(first, last, RowsInRange, source.Rows);
        IReadOnlyList<Int128> cuts = await grid.CutAsync((start, end) => EstimateAsync(name, start, end, cancellationToken), MostRanges);
        IEnumerable<string> boundaries = cuts.Select(cut => cut.ToString(CultureInfo.InvariantCulture));
        return [.. key.Columns[0].IsDescending ? boundaries.Reverse() : boundaries];
    }

    /// <summary>What the server's optimizer takes the number of rows between two keys for, from a look at the index.</summary>
    private async Task<double> EstimateAsync(string name, Int128 start, Int128 end, CancellationToken cancellationToken)
    {
        string explain = session.Version.IsMariaDb ? "EXPLAIN" : "EXPLAIN FORMAT=TRADITIONAL";
        // Forced to use an index, MySQL does not look into it.
        string hint = key.Hint.Replace("FORCE", "USE", StringComparison.Ordinal);
        string query = string.Create(CultureInfo.InvariantCulture, $"{explain} SELECT 1 FROM {from}{hint} WHERE {name} >= {start} AND {name} < {end}");
        IReadOnlyList<double> rows = await session.QueryAsync(
            query,
            row => row.GetOrdinal("rows") is var place && row.IsDBNull(place) ? 0 : Convert.ToDouble(row.GetValue(place), CultureInfo.InvariantCulture),
            cancellationToken);
        return rows.Count == 0 ? 0 : rows[0];
    }

    /// <summary>Boundaries at rows, chosen by a hash of their keys, in the server's own order.</summary>
    private async Task<IReadOnlyList<string>> FindRowsAsync(CancellationToken cancellationToken)
    {
        // Of the masks of one, two, three bits each has half of the rows of the one before: a table twice as large keeps every second cut.
        long mask = (1L << Math.Clamp((int)Math.Log2(RowsInRange), 0, 31)) - 1;
        string parts = string.Join(", ", key.Columns.Select(column => column.Read));
        string query = string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT {parts} FROM {from} WHERE CRC32(CONCAT_WS(':', {SqlText.Value(table.Name)}, {parts})) & {mask} = 0{key.Order} LIMIT {MostRanges}");
        IReadOnlyList<string> boundaries = await session.QueryAsync(
            query,
            row => KeyBoundary.Of(key.Columns.Select((column, place) => column.Part((byte[])row.GetValue(place)))),
            cancellationToken);
        return [.. boundaries.Distinct(StringComparer.Ordinal)];
    }

    private static Int128 Number(string text) => Int128.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
