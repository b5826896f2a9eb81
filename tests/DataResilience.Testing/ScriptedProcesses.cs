using System.Collections.Concurrent;
using DataResilience.Engine.Repository;

namespace DataResilience.Testing;

/// <summary>The processes of a simulated host; each one runs until it is said to be dead.</summary>
internal sealed class ScriptedProcesses
{
    private static readonly DateTime Started = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly ConcurrentDictionary<int, RunningProcess> running = new();
    private int last;

    /// <summary>Starts a process.</summary>
    /// <returns>What it sees of the host.</returns>
    public IProcessTable Start()
    {
        int id = Interlocked.Increment(ref last);
        running[id] = new RunningProcess(id, Started.AddSeconds(id));
        return new View(this, running[id]);
    }

    /// <summary>Every process dies, as with the power of the host.</summary>
    public void KillAll() => running.Clear();

    private sealed class View(ScriptedProcesses host, RunningProcess current) : IProcessTable
    {
        public string HostName => "simulated";

        public RunningProcess Current => current;

        public bool IsRunning(RunningProcess process) => host.running.GetValueOrDefault(process.Id) == process;
    }
}
