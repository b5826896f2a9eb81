using System.Runtime.ExceptionServices;

namespace DataResilience.Engine.Operations;

/// <summary>
/// Tasks that end together: the first failure cancels the others, and it is the one that is reported. Nothing is kept of a task
/// that has ended.
/// </summary>
internal sealed class TaskGroup : IDisposable
{
    private readonly CancellationTokenSource stop;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ExceptionDispatchInfo? firstFailure;

    // One for whoever waits, so that the group does not end before everything was begun.
    private int underWay = 1;

    /// <param name="cancellationToken">Cancels all.</param>
    internal TaskGroup(CancellationToken cancellationToken) => stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

    /// <summary>Begins a task of the group.</summary>
    internal void Run(Func<CancellationToken, Task> work) => Add(Task.Run(() => work(stop.Token), CancellationToken.None));

    /// <summary>Makes a task that has begun already one of the group.</summary>
    internal void Add(Task begun)
    {
        Interlocked.Increment(ref underWay);
        _ = ObserveAsync(begun);
    }

    /// <summary>Waits until every task has ended; call it once. Tasks may still begin others.</summary>
    /// <exception cref="Exception">The first failure of any of them.</exception>
    internal async Task WaitAsync()
    {
        Leave();
        await ended.Task;
        firstFailure?.Throw();
    }

    public void Dispose() => stop.Dispose();

    private async Task ObserveAsync(Task begun)
    {
        try
        {
            await begun;
        }
        catch (Exception failure)
        {
            if (Interlocked.CompareExchange(ref firstFailure, ExceptionDispatchInfo.Capture(failure), null) is null)
            {
                await stop.CancelAsync();
            }
        }
        finally
        {
            Leave();
        }
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref underWay) == 0)
        {
            ended.SetResult();
        }
    }
}
