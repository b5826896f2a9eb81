using DataResilience.Engine.Chunking;
using DataResilience.Engine.Operations;
using DataResilience.Providers;

namespace DataResilience.Engine.Restore;

/// <summary>Computes the digests of tables as they are in a snapshot. Several tables may be read at once; readers are shared.</summary>
internal sealed class TableDigests(ISourceSnapshot snapshot, RowHasher hasher, WorkProgress? progress) : IDisposable
{
    private readonly SemaphoreSlim readers = new(snapshot.Description.MaxReaders);

    /// <summary>Reads every range of a table, side by side, and adds their digests up.</summary>
    internal async Task<RowDigest> ReadAsync(TableSchema table, CancellationToken cancellationToken)
    {
        IReadOnlyList<RowRange> ranges = await WithReaderAsync(() => snapshot.PlanRangesAsync(table, cancellationToken), cancellationToken);
        var digests = new RowDigest[ranges.Count];
        long rows = 0;
        void Count(int more) => progress?.Add(table.QualifiedName, more, $"{Interlocked.Add(ref rows, more)} rows read back");
        var options = new ParallelOptions { MaxDegreeOfParallelism = snapshot.Description.MaxReaders, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            Enumerable.Range(0, ranges.Count),
            options,
            async (i, token) => digests[i] = await WithReaderAsync(() => ReadAsync(table, ranges[i], Count, token), token));
        return digests.Aggregate(RowDigest.Empty, (sum, digest) => sum + digest);
    }

    public void Dispose() => readers.Dispose();

    private async Task<RowDigest> ReadAsync(TableSchema table, RowRange range, Action<int> read, CancellationToken cancellationToken)
    {
        var digester = new RowDigester(hasher);
        await foreach (RowBlock block in snapshot.ReadRowsAsync(table, range, cancellationToken))
        {
            using (block)
            {
                digester.Add(block);
                read(block.Rows);
            }
        }

        return digester.Digest;
    }

    private async Task<T> WithReaderAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken)
    {
        await readers.WaitAsync(cancellationToken);
        try
        {
            return await read();
        }
        finally
        {
            readers.Release();
        }
    }
}
