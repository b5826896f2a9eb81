using System.Runtime.ExceptionServices;
using System.Threading.Channels;

namespace DataResilience.PowerShell.Pipeline;

/// <summary>
/// Runs asynchronous work for a cmdlet. The work runs on the thread pool; whatever it reports is written by the calling
/// thread, the only one from which PowerShell takes it, until the work has ended.
/// </summary>
internal sealed class OperationPump(IPipelineStreams streams, TimeProvider time)
{
    // Enough that a burst of messages does not stop the work, and little enough that it cannot run far ahead of its reader.
    private const int MostWaiting = 256;

    /// <summary>Runs work to its end, whatever happens: when this returns or throws, nothing of it is running any more.</summary>
    /// <param name="work">What is to be done.</param>
    /// <param name="stopping">Asks the work to stop. Also when writing fails it is asked to.</param>
    /// <returns>What the work gave.</returns>
    /// <exception cref="Exception">What writing threw, and only if it did not, what the work threw.</exception>
    public T Run<T>(Func<IOperationReporter, CancellationToken, Task<T>> work, CancellationToken stopping)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var queue = Channel.CreateBounded<Action<IPipelineStreams>>(
            new BoundedChannelOptions(MostWaiting) { SingleReader = true, AllowSynchronousContinuations = false });
        var throttle = new ProgressThrottle(time);
        var reporter = new PipelineReporter(queue.Writer, throttle);
        var token = cancellation.Token;

        // Task.Run without the token: work that never began would not complete the queue.
        var running = Task.Run(() => WorkAsync(work, reporter, queue.Writer, token), CancellationToken.None);
        var failure = Drain(queue.Reader, cancellation) ?? FinishProgress(throttle, stopping);
        return Outcome(running, failure);
    }

    private static async Task<T> WorkAsync<T>(
        Func<IOperationReporter, CancellationToken, Task<T>> work,
        IOperationReporter reporter,
        ChannelWriter<Action<IPipelineStreams>> queue,
        CancellationToken token)
    {
        try
        {
            return await work(reporter, token);
        }
        finally
        {
            queue.Complete();
        }
    }

    private static T Outcome<T>(Task<T> running, ExceptionDispatchInfo? failure)
    {
        if (failure is null)
        {
            return running.GetAwaiter().GetResult();
        }

        // Waits without throwing and looks at the exception, so that it is not an unobserved one.
        _ = Task.WhenAny(running).GetAwaiter().GetResult().Exception;
        failure.Throw();
        throw failure.SourceException;
    }

    private ExceptionDispatchInfo? Drain(ChannelReader<Action<IPipelineStreams>> queue, CancellationTokenSource cancellation)
    {
        ExceptionDispatchInfo? failure = null;
        var cancelled = Task.CompletedTask;
        while (queue.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (queue.TryRead(out var action))
            {
                if (failure is null && Write(action) is { } thrown)
                {
                    failure = thrown;
                    cancelled = cancellation.CancelAsync();
                }
            }
        }

        _ = Task.WhenAny(cancelled).GetAwaiter().GetResult().Exception;
        return failure;
    }

    private ExceptionDispatchInfo? FinishProgress(ProgressThrottle throttle, CancellationToken stopping)
    {
        // A stopped pipeline takes nothing any more, and its host has cleared the picture itself.
        if (stopping.IsCancellationRequested)
        {
            return null;
        }

        return throttle.Finish().Select(state => Write(target => target.Progress(state))).FirstOrDefault(thrown => thrown is not null);
    }

    // Every exception is caught here and thrown again at the end of Run, after the work has cleaned up.
    private ExceptionDispatchInfo? Write(Action<IPipelineStreams> action)
    {
        try
        {
            action(streams);
            return null;
        }
        catch (Exception thrown)
        {
            return ExceptionDispatchInfo.Capture(thrown);
        }
    }
}
