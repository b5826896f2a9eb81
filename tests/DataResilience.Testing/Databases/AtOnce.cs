namespace DataResilience.Testing.Databases;

/// <summary>Counts how many are at something at once.</summary>
public sealed class AtOnce
{
    private readonly Lock gate = new();
    private readonly List<(int Count, TaskCompletionSource Reached)> waiting = [];

    /// <summary>How many are at it.</summary>
    public int Now { get; private set; }

    /// <summary>How many were at it at once, at most.</summary>
    public int Most { get; private set; }

    /// <summary>Ends once so many are at it at the same time.</summary>
    public Task ReachAsync(int count, CancellationToken cancellationToken)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (Most >= count)
            {
                return Task.CompletedTask;
            }

            waiting.Add((count, reached));
        }

        return reached.Task.WaitAsync(cancellationToken);
    }

    internal void Enter()
    {
        lock (gate)
        {
            Now++;
            Most = Math.Max(Most, Now);
            foreach ((int _, TaskCompletionSource reached) in waiting.Where(one => one.Count <= Most))
            {
                reached.TrySetResult();
            }
        }
    }

    internal void Leave()
    {
        lock (gate)
        {
            Now--;
        }
    }
}
