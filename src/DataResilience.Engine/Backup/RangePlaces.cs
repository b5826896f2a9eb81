namespace DataResilience.Engine.Backup;

/// <summary>How many ranges of all tables of a backup are read at once, and how many may be ahead of their tables' chunk lists.</summary>
/// <remarks>
/// A table takes its place first, in the order of the tables, and gives it back once its last range has begun: with one reader,
/// tables are read one after the other. Whoever begins a range takes the place ahead first and the reader's place second, and begins a table's ranges in their order. So
/// the first range of a table that is not listed yet has both or is read already, and waits for nobody: there is no deadlock.
/// Memory: what is listed later waits as an entry of some 300 bytes a chunk, at most <see cref="MaxChunksAhead"/> of them for each
/// of <see cref="RangesAheadPerReader"/> × readers ranges.
/// </remarks>
internal sealed class RangePlaces(int readers) : IDisposable
{
    /// <summary>A range that is read out of turn waits once so many of its chunks are stored and not listed.</summary>
    internal const int MaxChunksAhead = 1024;

    /// <summary>Ranges differ in size; so many for each reader keep all of them at work while one range takes its time.</summary>
    internal const int RangesAheadPerReader = 4;

    private readonly SemaphoreSlim beginning = new(readers);
    private readonly SemaphoreSlim ahead = new(RangesAheadPerReader * readers);
    private readonly SemaphoreSlim reading = new(readers);

    internal Task EnterTableAsync(CancellationToken cancellationToken) => beginning.WaitAsync(cancellationToken);

    /// <summary>All ranges of the table have begun.</summary>
    internal void LeaveTable() => beginning.Release();

    internal async Task EnterAsync(CancellationToken cancellationToken)
    {
        await ahead.WaitAsync(cancellationToken);
        await reading.WaitAsync(cancellationToken);
    }

    /// <summary>The range is read; another one may be.</summary>
    internal void LeaveReading() => reading.Release();

    /// <summary>The chunks of the range are listed.</summary>
    internal void LeaveAhead() => ahead.Release();

    public void Dispose()
    {
        beginning.Dispose();
        ahead.Dispose();
        reading.Dispose();
    }
}
