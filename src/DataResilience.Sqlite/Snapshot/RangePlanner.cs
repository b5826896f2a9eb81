using System.Globalization;
using DataResilience.Providers;

namespace DataResilience.Sqlite;

/// <summary>
/// Cuts a table by rowid at multiples of a power of two, so that a range stays what it is whatever is added elsewhere. Only ranges
/// that have rows are made, found by seeking; where rowids are so sparse that this gives too many, neighbours are merged by
/// doubling the width until it does not.
/// </summary>
internal static class RangePlanner
{
    // About 26 MB of rows of 100 bytes: enough to work on at once, little enough to be read again when a row changed.
    private const int SmallestShift = 18;

    private const int MaxRanges = 4096;

    internal static List<RowRange> Plan(SqliteSession session, TableSchema table)
    {
        if (TableLayout.Of(table).Locator is not { } rowId)
        {
            return [new RowRange(0, null, null)];
        }

        string name = SqliteName.Quote(rowId);
        using SqliteStatement seek = session.Prepare(
            $"SELECT {name} FROM {SqliteName.Table(table.Name)} WHERE {name} >= ?1 ORDER BY {name} LIMIT 1");
        (List<long> slots, int shift) = FindSlots(seek);
        return [.. slots.Select((slot, ordinal) => new RowRange(ordinal, Text(slot << shift), UpperBound(slot, shift)))];
    }

    private static (List<long> Slots, int Shift) FindSlots(SqliteStatement seek)
    {
        var slots = new List<long>();
        int shift = SmallestShift;
        long? from = long.MinValue;
        while (from is { } start && Seek(seek, start) is { } rowId)
        {
            slots.Add(rowId >> shift);
            while (slots.Count > MaxRanges)
            {
                shift++;
                slots = [.. slots.Select(slot => slot >> 1).Distinct()];
            }

            long next = (slots[^1] + 1) << shift;
            from = next > rowId ? next : null;
        }

        return (slots, shift);
    }

    private static long? Seek(SqliteStatement seek, long from)
    {
        seek.Reset();
        return seek.Bind(1, from).Step() ? seek.Int64(0) : null;
    }

    // The slot that holds the largest rowid ends where the numbers do.
    private static string? UpperBound(long slot, int shift)
    {
        long start = slot << shift;
        long end = unchecked((slot + 1) << shift);
        return end > start ? Text(end) : null;
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
