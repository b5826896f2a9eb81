namespace DataResilience.Engine.Repository;

/// <summary>The processes of this host, to tell whether the owner of a lock is still there.</summary>
internal interface IProcessTable
{
    string HostName { get; }

    RunningProcess Current { get; }

    /// <summary>Whether the process still runs; a process id that was given to another process since does not count.</summary>
    bool IsRunning(RunningProcess process);
}
