using System.Threading.Channels;
using DataResilience.Engine.Operations;
using DataResilience.Engine.Repository;
using DataResilience.Providers;

namespace DataResilience.Engine.Backup;

/// <summary>Stores the rows of one table: its ranges are read side by side, whichever ends first, and listed in their order.</summary>
/// <param name="snapshot">Where they are read.</param>
/// <param name="table">The table; it has its place among those that are begun.</param>
/// <param name="writer">Where they are stored.</param>
/// <param name="places">How many ranges may be read.</param>
/// <param name="together">What fails together: everything that reads and stores rows.</param>
/// <param name="progress">Told of every chunk.</param>
internal sealed class RowsBackup(
    ISourceSnapshot snapshot, TableSchema table, BackupWriter writer, RangePlaces places, TaskGroup together, WorkProgress progress)
{
    private readonly Channel<RangeBackup> begun = Channel.CreateUnbounded<RangeBackup>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly List<TableRange> listed = [];
    private long rows;

    internal async Task<IReadOnlyList<TableRange>> StoreAsync(TableLists lists, CancellationToken cancellationToken)
    {
        together.Run(ReadAllAsync);
        await ListAllAsync(lists, cancellationToken);
        return listed;
    }

    private async Task ReadAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            await BeginAllAsync(cancellationToken);
        }
        finally
        {
            places.LeaveTable();
        }
    }

    /// <summary>Begins the ranges in their order, each once there is a place for it. Planning needs a reader too: the first range's.</summary>
    private async Task BeginAllAsync(CancellationToken cancellationToken)
    {
        await places.EnterAsync(cancellationToken);
        IReadOnlyList<RowRange> ranges = await PlanAsync(cancellationToken);
        for (int i = 0; i < ranges.Count; i++)
        {
            if (i > 0)
            {
                await places.EnterAsync(cancellationToken);
            }

            var range = new RangeBackup(ranges[i]);
            together.Run(token => ReadAsync(range, token));
            begun.Writer.TryWrite(range);
        }

        begun.Writer.Complete();
    }

    /// <summary>Keeps the place that planning took for the first range, if there is one.</summary>
    private async Task<IReadOnlyList<RowRange>> PlanAsync(CancellationToken cancellationToken)
    {
        bool isKept = false;
        try
        {
            IReadOnlyList<RowRange> ranges = await snapshot.PlanRangesAsync(table, cancellationToken);
            isKept = ranges.Count > 0;
            return ranges;
        }
        finally
        {
            if (!isKept)
            {
                places.LeaveReading();
                places.LeaveAhead();
            }
        }
    }

    private async Task ReadAsync(RangeBackup range, CancellationToken cancellationToken)
    {
        try
        {
            IAsyncEnumerable<RowBlock> blocks = snapshot.ReadRowsAsync(table, range.Range, cancellationToken);
            await range.StoreAsync(blocks, writer, together, Count, cancellationToken);
        }
        finally
        {
            places.LeaveReading();
        }
    }

    private async Task ListAllAsync(TableLists lists, CancellationToken cancellationToken)
    {
        await foreach (RangeBackup range in begun.Reader.ReadAllAsync(cancellationToken))
        {
            long chunks = await range.ListAsync(lists, cancellationToken);
            listed.Add(new TableRange(range.Range.From, range.Range.To, chunks));
            places.LeaveAhead();
        }
    }

    private void Count(long more)
    {
        long all = Interlocked.Add(ref rows, more);
        progress.Add(table.QualifiedName, more, $"{all} rows");
    }
}
