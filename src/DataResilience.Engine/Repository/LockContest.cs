using DataResilience.Engine.Operations;
using DataResilience.Engine.Sealing;
using DataResilience.Providers;

namespace DataResilience.Engine.Repository;

/// <summary>
/// Decides which of several open locks on one subject stays: the one that the store has had for longest. Whoever sees another open
/// lock never goes on before that one has ended, so that a wrong clock costs a refusal at worst.
/// </summary>
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
            if (!rival.GivesWay || look == MaxLooks)
            {
                throw Errors.BackupInProgress.Create(
                    subject, $"it began on {rival.Record.Host} in process {rival.Record.Process} as {rival.Record.BackupId}");
            }

            // The rival lists after it created its lock, sees this one, which is older, and ends its own.
            await Task.Delay(PauseBetweenLooks, services.Time, cancellationToken);
        }
    }

    private async Task<Rival?> FindRivalAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ListedLock> locks = await ListedLock.ListAsync(repository.Store, cancellationToken);
        ListedLock own = locks.FirstOrDefault(item => item.Name == ownName) ?? new ListedLock(ownName, services.Time.GetUtcNow());
        foreach (ListedLock other in locks.Where(item => item.Name != ownName && own.Newest - item.Newest < RepositoryLock.Lifetime))
        {
            if (await TryReadAsync(other.Name, cancellationToken) is { } held
                && held.Record.Subject == subject && !HasEnded(other.Name, held.Record)
                && await IsOpenAsync(other, held.Holder, own.Newest, cancellationToken))
            {
                return new Rival(held.Record, GivesWay: own.IsOlderThan(other));
            }
        }

        return null;
    }

    /// <summary>Only the slot that holds a lock renews and ends it: what another slot put beside it does not count.</summary>
    private async Task<bool> IsOpenAsync(ListedLock other, ObjectId holder, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (other.HasEnd && await IsOfAsync(holder, ObjectNames.End(other.Name), cancellationToken))
        {
            return false;
        }

        if (now - other.StoredAt < RepositoryLock.Lifetime)
        {
            return true;
        }

        foreach (ObjectDescription renewal in other.Renewals.Where(renewal => now - renewal.StoredAt < RepositoryLock.Lifetime))
        {
            if (await IsOfAsync(holder, renewal.Name, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> IsOfAsync(ObjectId holder, string name, CancellationToken cancellationToken) =>
        (await TryOpenAsync(name, opened => opened, cancellationToken))?.Signer == holder;

    private Task<HeldLock?> TryReadAsync(string name, CancellationToken cancellationToken) =>
        TryOpenAsync(name, opened => new HeldLock(opened.Signer, RecordReading.Json(name, opened.Plain, RepositoryJson.Default.LockRecord)), cancellationToken);

    private async Task<T?> TryOpenAsync<T>(string name, Func<OpenedRecord, T> read, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            byte[]? bytes = await repository.Store.ReadWholeAsync(name, cancellationToken);
            return bytes is null ? null : read(RecordReading.Open(name, bytes, repository.Keys, ObjectKind.Lock));
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

    private sealed record HeldLock(ObjectId Holder, LockRecord Record);

    private sealed record Rival(LockRecord Record, bool GivesWay);
}
