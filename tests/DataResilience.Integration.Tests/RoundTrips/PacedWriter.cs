namespace DataResilience.Integration.Tests.RoundTrips;

/// <summary>Commits one transaction after the other on a thread of its own, and knows when each was done.</summary>
internal abstract class PacedWriter : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly List<long> commitTimes = [];
    private readonly Lock gate = new();
    private Task work = Task.CompletedTask;
    private readonly PriorityQueue<TaskCompletionSource, int> waiting = new();

    /// <summary>How many commits there were so far.</summary>
    internal int Commits
    {
        get
        {
            lock (gate)
            {
                return commitTimes.Count;
            }
        }
    }

    /// <summary>Waits until so many further commits are done.</summary>
    internal async Task WaitForAsync(int furtherCommits)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            waiting.Enqueue(reached, commitTimes.Count + furtherCommits);
        }

        // If the writer fails, its failure is what the test is to show.
        await await Task.WhenAny(reached.Task, work);
    }

    /// <summary>How fast it was between two time stamps; windows that reach beyond either do not count.</summary>
    internal WriterPace PaceBetween(long begin, long end)
    {
        lock (gate)
        {
            return new WriterPace(commitTimes, begin, end, TimeProvider.System.TimestampFrequency);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await work;
        stop.Dispose();
    }

    /// <summary>Begins to write.</summary>
    /// <param name="open">Opens a connection; what it gives commits one transaction at each call, and is disposed in the end.</param>
    protected void Begin(Func<(IDisposable Connection, Action Commit)> open) =>
        work = Task.Factory.StartNew(() => Write(open), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Write(Func<(IDisposable Connection, Action Commit)> open)
    {
        (IDisposable connection, Action commit) = open();
        using (connection)
        {
            while (!stop.IsCancellationRequested)
            {
                commit();
                Count();
            }
        }
    }

    private void Count()
    {
        lock (gate)
        {
            commitTimes.Add(TimeProvider.System.GetTimestamp());
            while (waiting.TryPeek(out TaskCompletionSource? reached, out int wanted) && commitTimes.Count >= wanted)
            {
                waiting.Dequeue();
                reached.SetResult();
            }
        }
    }
}
