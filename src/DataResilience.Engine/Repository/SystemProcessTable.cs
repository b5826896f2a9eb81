using System.ComponentModel;
using System.Diagnostics;

namespace DataResilience.Engine.Repository;

/// <summary>The operating system's processes.</summary>
internal sealed class SystemProcessTable : IProcessTable
{
    /// <summary>Start times come from clock ticks and a boot time that is read anew: on Linux they move by a tick or so.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    public string HostName => Environment.MachineName;

    public RunningProcess Current
    {
        get
        {
            using var current = Process.GetCurrentProcess();
            return new RunningProcess(current.Id, current.StartTime.ToUniversalTime());
        }
    }

    public bool IsRunning(RunningProcess process)
    {
        try
        {
            using var found = Process.GetProcessById(process.Id);
            return (found.StartTime.ToUniversalTime() - process.StartedAtUtc).Duration() < Tolerance;
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
        catch (Win32Exception)
        {
            // It exists, but belongs to somebody else and will not tell when it started: rather wait for its lock.
            return true;
        }
    }
}
