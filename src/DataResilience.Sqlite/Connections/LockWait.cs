using SQLitePCL;

namespace DataResilience.Sqlite;

/// <summary>
/// Tries again while a lock is held, up to a limit. SQLite's own busy handler sleeps inside the library, where neither a
/// cancellation nor a scripted clock reaches it.
/// </summary>
internal sealed class LockWait(TimeProvider time, TimeSpan limit)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs the attempt until it gives anything but "busy", or the limit is over.</summary>
    /// <returns>The last result code.</returns>
    internal async Task<int> RunAsync(Func<int> attempt, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int code = attempt();
            if ((code & 0xff) is not (raw.SQLITE_BUSY or raw.SQLITE_LOCKED) || time.GetElapsedTime(start) >= limit)
            {
                return code;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }
}
