using System.Collections.Concurrent;

namespace DataResilience.Testing;

/// <summary>Keeps what an operation reports.</summary>
public sealed class RecordingReporter : IOperationReporter
{
    private readonly ConcurrentQueue<string> verbose = new();
    private readonly ConcurrentQueue<string> warnings = new();
    private readonly ConcurrentQueue<string> debug = new();
    private readonly ConcurrentQueue<OperationProgress> progress = new();

    public IReadOnlyCollection<string> VerboseMessages => verbose;

    public IReadOnlyCollection<string> Warnings => warnings;

    public IReadOnlyCollection<string> DebugMessages => debug;

    public IReadOnlyCollection<OperationProgress> ProgressReports => progress;

    public void Progress(OperationProgress progress) => this.progress.Enqueue(progress);

    public void Verbose(string message) => verbose.Enqueue(message);

    public void Debug(string message) => debug.Enqueue(message);

    public void Warning(string message) => warnings.Enqueue(message);
}
