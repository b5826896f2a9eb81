using System.Threading.Channels;

namespace DataResilience.PowerShell.Pipeline;

/// <summary>Carries what an operation reports, from whatever thread, to the queue that the pipeline's thread drains.</summary>
internal sealed class PipelineReporter(ChannelWriter<Action<IPipelineStreams>> queue, ProgressThrottle throttle) : IOperationReporter
{
    /// <inheritdoc />
    public void Progress(OperationProgress progress)
    {
        foreach (var state in throttle.Next(progress))
        {
            Post(streams => streams.Progress(state));
        }
    }

    /// <inheritdoc />
    public void Verbose(string message) => Post(streams => streams.Verbose(message));

    /// <inheritdoc />
    public void Debug(string message) => Post(streams => streams.Debug(message));

    /// <inheritdoc />
    public void Warning(string message) => Post(streams => streams.Warning(message));

    // The queue is drained until the operation ends, so waiting for room in it ends too. A word that comes after the end
    // has no reader and is dropped.
    private void Post(Action<IPipelineStreams> action)
    {
        var isOpen = true;
        while (isOpen && !queue.TryWrite(action))
        {
            isOpen = queue.WaitToWriteAsync().AsTask().GetAwaiter().GetResult();
        }
    }
}
