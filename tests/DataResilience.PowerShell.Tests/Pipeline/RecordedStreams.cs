using DataResilience.PowerShell.Pipeline;

namespace DataResilience.PowerShell.Tests.Pipeline;

/// <summary>Streams that remember what was written, on which thread, and can fail as a stopped pipeline does.</summary>
internal sealed class RecordedStreams : IPipelineStreams
{
    public List<string> Written { get; } = [];

    public List<ShownProgress> Shown { get; } = [];

    public HashSet<int> Threads { get; } = [];

    public Exception? Failure { get; set; }

    public void Progress(ShownProgress progress)
    {
        Shown.Add(progress);
        Write($"progress {progress.Id} {progress.State.Status}");
    }

    public void Verbose(string message) => Write(message);

    public void Debug(string message) => Write(message);

    public void Warning(string message) => Write(message);

    private void Write(string text)
    {
        Threads.Add(Environment.CurrentManagedThreadId);
        if (Failure is not null)
        {
            throw Failure;
        }

        Written.Add(text);
    }
}
