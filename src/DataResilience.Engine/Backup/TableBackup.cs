using DataResilience.Engine.Chunking;
using DataResilience.Engine.Operations;
using DataResilience.Engine.Repository;
using DataResilience.Providers;

namespace DataResilience.Engine.Backup;

/// <summary>Stores the tables of a snapshot: rows in chunks, then the list, the digests and the description of each table.</summary>
internal sealed class TableBackup(ISourceSnapshot snapshot, BackupWriter writer, EngineServices services, IOperationReporter reporter, bool schemaOnly)
{
    /// <summary>While one table's documents are sealed, the next one's rows are read already.</summary>
    private const int TablesAhead = 1;

    internal async Task<IReadOnlyList<ManifestTable>> StoreAllAsync(IReadOnlyList<TableSchema> tables, CancellationToken cancellationToken)
    {
        var progress = new WorkProgress(
            reporter, services.Time, $"Backing up {snapshot.Description.Database}", tables.Sum(table => table.EstimatedRows ?? 0));
        var stored = new ManifestTable[tables.Count];
        using var readers = new SemaphoreSlim(snapshot.Description.MaxReaders);
        var options = new ParallelOptions { MaxDegreeOfParallelism = snapshot.Description.MaxReaders + TablesAhead, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            Enumerable.Range(0, tables.Count), options, async (i, token) => stored[i] = await StoreAsync(tables[i], readers, progress, token));
        progress.Complete();
        return stored;
    }

    private async Task<ManifestTable> StoreAsync(TableSchema table, SemaphoreSlim readers, WorkProgress progress, CancellationToken cancellationToken)
    {
        using var lists = new TableLists(writer);
        var ranges = new List<TableRange>();
        if (!schemaOnly)
        {
            await readers.WaitAsync(cancellationToken);
            try
            {
                await StoreRowsAsync(table, lists, ranges, progress, cancellationToken);
            }
            finally
            {
                readers.Release();
            }
        }

        await lists.CompleteAsync(cancellationToken);
        IReadOnlyList<string> description = await writer.StoreTableAsync(DocumentOf(table, ranges, lists.Digest), cancellationToken);
        progress.Complete(table.QualifiedName);
        reporter.Verbose($"Table {table.QualifiedName}: {Counted.Of(lists.Digest.Rows, "row")} in {Counted.Of(lists.Chunks, "chunk")}, {lists.NewChunks} of them new.");
        return new ManifestTable
        {
            Schema = table.Schema,
            Name = table.Name,
            Rows = lists.Digest.Rows,
            Bytes = lists.Bytes,
            Chunks = lists.Chunks,
            Lists = lists.ListIds,
            Description = description,
            Digests = lists.DigestIds,
        };
    }

    private async Task StoreRowsAsync(
        TableSchema table, TableLists lists, List<TableRange> ranges, WorkProgress progress, CancellationToken cancellationToken)
    {
        foreach (RowRange range in await snapshot.PlanRangesAsync(table, cancellationToken))
        {
            long chunks = 0;
            IAsyncEnumerable<RowBlock> rows = snapshot.ReadRowsAsync(table, range, cancellationToken);
            await foreach (PlainChunk chunk in RowChunker.CutAsync(rows, writer.Hasher, cancellationToken))
            {
                progress.Add(table.QualifiedName, chunk.Digest.Rows, $"{lists.Digest.Rows} rows");
                await lists.AddAsync(chunk, cancellationToken);
                chunks++;
            }

            ranges.Add(new TableRange(range.From, range.To, chunks));
        }

        await lists.DrainAsync(cancellationToken);
    }

    private static TableDocument DocumentOf(TableSchema table, IReadOnlyList<TableRange> ranges, RowDigest digest) => new()
    {
        Schema = table.Schema,
        Name = table.Name,
        Columns = table.Columns,
        KeyColumns = table.KeyColumns,
        RowEncoding = table.RowEncodingVersion,
        Options = table.Options,
        Ranges = ranges,
        Digest = TableDigest.Of(digest),
    };
}
