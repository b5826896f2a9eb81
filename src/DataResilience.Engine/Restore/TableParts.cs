using DataResilience.Engine.Chunking;
using DataResilience.Engine.Repository;

namespace DataResilience.Engine.Restore;

/// <summary>Cuts tables into parts that can be loaded side by side: whole ranges, because no row crosses the end of one.</summary>
internal static class TableParts
{
    /// <summary>A table is loaded by one loader up to this size, and no part is smaller: to begin a load costs time too.</summary>
    internal const long LeastBytes = 8 << 20;

    /// <summary>A part takes no further range once it has so much.</summary>
    internal const long MostBytes = 64 << 20;

    /// <summary>So many parts for each loader let all of them end at about the same time.</summary>
    private const int PartsPerLoader = 2;

    /// <param name="contents">The backup.</param>
    /// <param name="table">A table of it.</param>
    /// <param name="loaders">How many parts may be loaded at once.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Parts that together are the table, at least one.</returns>
    internal static async Task<IReadOnlyList<TablePart>> CutAsync(
        BackupContents contents, ChosenTable table, int loaders, CancellationToken cancellationToken)
    {
        if (loaders == 1 || table.Document.Ranges.Count <= 1 || table.Table.Bytes <= LeastBytes)
        {
            return [new TablePart(table, ChunkSpan.Whole)];
        }

        long enough = Math.Clamp(table.Table.Bytes / (PartsPerLoader * loaders), LeastBytes, MostBytes);
        List<ChunkSpan> spans = await CutAsync(contents, table, enough, cancellationToken);
        return [.. spans.Select(span => new TablePart(table, span))];
    }

    private static async Task<List<ChunkSpan>> CutAsync(
        BackupContents contents, ChosenTable table, long enough, CancellationToken cancellationToken)
    {
        HashSet<long> rangeStarts = StartsOf(table.Document.Ranges);
        var spans = new List<ChunkSpan>();
        (int List, int Entry) start = (0, 0);
        long number = 0, chunks = 0, bytes = 0;
        for (int list = 0; list < table.Table.Lists.Count; list++)
        {
            ChunkListEntry[] entries = await contents.ReadListAsync(table.Table.Lists[list], cancellationToken);
            for (int entry = 0; entry < entries.Length; entry++)
            {
                if (bytes >= enough && rangeStarts.Contains(number))
                {
                    spans.Add(new ChunkSpan(start.List, start.Entry, chunks));
                    (start, chunks, bytes) = ((list, entry), 0, 0);
                }

                number++;
                chunks++;
                bytes += entries[entry].PlainBytes;
            }
        }

        spans.Add(ChunkSpan.FromHere(start.List, start.Entry));
        return spans;
    }

    /// <summary>The numbers of the chunks that ranges begin with.</summary>
    private static HashSet<long> StartsOf(IReadOnlyList<TableRange> ranges)
    {
        var starts = new HashSet<long>();
        long chunks = 0;
        foreach (TableRange range in ranges)
        {
            starts.Add(chunks);
            chunks += range.Chunks;
        }

        return starts;
    }
}
