using DataResilience.Engine.Operations;
using DataResilience.Engine.Sealing;
using DataResilience.Providers;

namespace DataResilience.Engine.Repository;

/// <summary>Decides which of several open locks on one subject stays: the one whose name sorts first.</summary>
internal sealed class LockContest(OpenedRepository repository, EngineServices services, string ownName, string subject)
{
    private const int MaxLooks = 8;

    private static readonly TimeSpan PauseBetweenLooks = TimeSpan.FromMilliseconds(250);

    /// <summary>Returns when no other lock on the subject is open.</summary>
    /// <exception cref="DataResilienceException"><c>BackupInProgress</c>.</exception>
    internal async Task WinAsync(CancellationToken cancellationToken)
    {
        for (int look = 1; await FindRivalAsync(cancellationToken) is { } rival; look++)
        {
            bool rivalGivesWay = string.CompareOrdinal(ownName, rival.Name) < 0;
            if (!rivalGivesWay || look == MaxLooks)
            {
                throw Errors.BackupInProgress.Create(
                    subject, $"it began on {rival.Record.Host} in process {rival.Record.Process} as {rival.Record.BackupId}");
            }

            // The rival lists after it created its lock, sees this one, and ends its own.
            await Task.Delay(PauseBetweenLooks, services.Time, cancellationToken);
        }
    }

    private async Task<(string Name, LockRecord Record)?> FindRivalAsync(CancellationToken cancellationToken)
    {
        var open = new SortedDictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        await foreach (ObjectDescription found in repository.Store.ListAsync(ObjectNames.Locks, cancellationToken))
        {
            Count(open, found);
        }

        DateTimeOffset now = open.GetValueOrDefault(ownName, services.Time.GetUtcNow());
        foreach ((string name, DateTimeOffset renewed) in open)
        {
            if (name != ownName && now - renewed < RepositoryLock.Lifetime
                && await ReadAsync(name, cancellationToken) is { } record && record.Subject == subject && !HasEnded(name, record))
            {
                return (name, record);
            }
        }

        return null;
    }

    /// <summary>The store lists a lock before its renewals and its end, since their names begin with its own.</summary>
    private static void Count(SortedDictionary<string, DateTimeOffset> open, ObjectDescription found)
    {
        int dot = found.Name.IndexOf('.', StringComparison.Ordinal);
        string name = dot < 0 ? found.Name : found.Name[..dot];
        if (found.Name == ObjectNames.End(name))
        {
            open.Remove(name);
        }
        else if (dot < 0 || open.ContainsKey(name))
        {
            DateTimeOffset newest = open.GetValueOrDefault(name, found.StoredAt);
            open[name] = newest > found.StoredAt ? newest : found.StoredAt;
        }
    }

    private async Task<LockRecord?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            byte[]? bytes = await repository.Store.ReadWholeAsync(name, cancellationToken);
            return bytes is null
                ? null
                : RecordReading.Json(name, RecordReading.Open(name, bytes, repository.Keys, ObjectKind.Lock).Plain, RepositoryJson.Default.LockRecord);
        }
        catch (DataResilienceException damage) when (damage.Kind is ErrorKind.Damaged or ErrorKind.Unsupported)
        {
            // A lock that nobody can have signed holds nobody back; Test-BackupIntegrity reports it.
            return null;
        }
    }

    /// <summary>On the lock's own host: its process is gone, or is this one, which knows better.</summary>
    private bool HasEnded(string name, LockRecord record)
    {
        if (!string.Equals(record.Host, services.Processes.HostName, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        bool isRunning = services.Processes.IsRunning(new RunningProcess(record.Process, record.ProcessStart.UtcDateTime));
        bool isThis = isRunning && record.Process == services.Processes.Current.Id;
        return !isRunning || (isThis && !HeldLocks.Contains(repository.Location, name));
    }
}
