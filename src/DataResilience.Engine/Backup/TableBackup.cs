using System.Runtime.CompilerServices;
using DataResilience.Engine.Chunking;
using DataResilience.Engine.Operations;
using DataResilience.Engine.Repository;
using DataResilience.Providers;

namespace DataResilience.Engine.Backup;

/// <summary>Stores the tables of a snapshot: rows in chunks, then the list, the digests and the description of each table.</summary>
/// <remarks>As many ranges are read at once as the snapshot has readers, be they of one table or of many.</remarks>
internal sealed class TableBackup(ISourceSnapshot snapshot, BackupWriter writer, EngineServices services, IOperationReporter reporter, bool schemaOnly)
{
    /// <summary>While one table's documents are sealed, the next one's rows are read already.</summary>
    private const int TablesAhead = 1;

    internal async Task<IReadOnlyList<ManifestTable>> StoreAllAsync(IReadOnlyList<TableSchema> tables, CancellationToken cancellationToken)
    {
        var progress = new WorkProgress(
            reporter, services.Time, $"Backing up {snapshot.Description.Database}", tables.Sum(table => table.EstimatedRows ?? 0));
        var stored = new ManifestTable[tables.Count];
        using var places = new RangePlaces(snapshot.Description.MaxReaders);
        using var together = new TaskGroup(cancellationToken);
        together.Run(token => Parallel.ForEachAsync(
            InTurnAsync(tables.Count, places, token),
            new ParallelOptions { MaxDegreeOfParallelism = snapshot.Description.MaxReaders + TablesAhead, CancellationToken = token },
            async (i, either) => stored[i] = await StoreAsync(tables[i], places, together, progress, either)));
        await together.WaitAsync();
        progress.Complete();
        return stored;
    }

    /// <summary>The numbers of the tables, each once there is a place for its rows.</summary>
    private async IAsyncEnumerable<int> InTurnAsync(int tables, RangePlaces places, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int i = 0; i < tables; i++)
        {
            if (!schemaOnly)
            {
                await places.EnterTableAsync(cancellationToken);
            }

            yield return i;
        }
    }

    private async Task<ManifestTable> StoreAsync(
        TableSchema table, RangePlaces places, TaskGroup together, WorkProgress progress, CancellationToken cancellationToken)
    {
        using var lists = new TableLists(writer);
        IReadOnlyList<TableRange> ranges = schemaOnly
            ? []
            : await new RowsBackup(snapshot, table, writer, places, together, progress).StoreAsync(lists, cancellationToken);
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
