using System.Text.Json;
using DataResilience.Engine.Operations;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Repository;

/// <summary>
/// The right to back up one database for as long as the lock is renewed. Made of objects that are only created
/// (docs/repository-format.md, 5.5), so that GET, PUT and LIST are enough.
/// </summary>
internal sealed class RepositoryLock : IAsyncDisposable
{
    internal static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan RenewalInterval = TimeSpan.FromMinutes(5);

    private readonly OpenedRepository repository;
    private readonly EngineServices services;
    private readonly string name;
    private readonly IOperationReporter reporter;
    private readonly PeriodicTimer timer;
    private readonly Task renewals;
    private long renewedAt;

    private RepositoryLock(OpenedRepository repository, EngineServices services, string name, IOperationReporter reporter)
    {
        this.repository = repository;
        this.services = services;
        this.name = name;
        this.reporter = reporter;
        timer = new PeriodicTimer(RenewalInterval, services.Time);
        renewedAt = services.Time.GetTimestamp();
        HeldLocks.Add(repository.Location, name);
        renewals = Task.Run(RenewAsync);
    }

    /// <exception cref="DataResilienceException"><c>BackupInProgress</c>.</exception>
    internal static async Task<RepositoryLock> AcquireAsync(
        OpenedRepository repository, EngineServices services, LockRecord record, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        string lockName = ObjectNames.Lock(services.Time.GetUtcNow(), services.Random);
        var held = new RepositoryLock(repository, services, lockName, reporter);
        try
        {
            // A creation that fails may have been carried out, and is ended like any other.
            await CreateAsync(repository, services, lockName, JsonSerializer.SerializeToUtf8Bytes(record, RepositoryJson.Default.LockRecord), cancellationToken);
            await new LockContest(repository, services, lockName, record.Subject).WinAsync(cancellationToken);
            return held;
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asked before the manifest is written: whoever paused for too long may have been taken for dead.</summary>
    /// <exception cref="DataResilienceException"><c>LockLapsed</c>.</exception>
    internal void RequireHeld(string backupId)
    {
        if (services.Time.GetElapsedTime(Interlocked.Read(ref renewedAt)) >= Lifetime)
        {
            throw Errors.LockLapsed.Create(backupId);
        }
    }

    public async ValueTask DisposeAsync()
    {
        timer.Dispose();
        await renewals;
        HeldLocks.Remove(repository.Location, name);
        try
        {
            // Not with the operation's token: a cancelled operation has to let go of its lock as well.
            await CreateAsync(repository, services, ObjectNames.End(name), "{}"u8.ToArray(), CancellationToken.None);
        }
        catch (DataResilienceException failure)
        {
            // Thrown, it would hide why the operation failed, or that it was done. On this host the lock has ended all the same.
            reporter.Warning($"The lock of this backup was not ended: {failure.Message} Other hosts wait until it lapses, {Lifetime.TotalMinutes} minutes after it was renewed.");
        }
    }

    private static Task CreateAsync(
        OpenedRepository repository, EngineServices services, string objectName, byte[] json, CancellationToken cancellationToken) =>
        repository.Store.CreateOrMatchAsync(
            objectName, new RecordSealer(services.Random).Seal(ObjectKind.Lock, objectName, json, repository.Keys, RecordSigner.Slot), cancellationToken);

    /// <summary>Runs until the timer is disposed.</summary>
    private async Task RenewAsync()
    {
        for (int number = 1; await timer.WaitForNextTickAsync(); number++)
        {
            await TryRenewAsync(ObjectNames.Renewal(name, number));
        }
    }

    /// <summary>A renewal that fails is made up for by the next one; if none succeeds in time, <see cref="RequireHeld"/> says so.</summary>
    private async Task TryRenewAsync(string renewal)
    {
        long begun = services.Time.GetTimestamp();
        try
        {
            await CreateAsync(repository, services, renewal, "{}"u8.ToArray(), CancellationToken.None);
            Interlocked.Exchange(ref renewedAt, begun);
        }
        catch (DataResilienceException failure)
        {
            reporter.Warning($"The lock of this backup was not renewed: {failure.Message} It is tried again in {RenewalInterval.TotalMinutes} minutes.");
        }
    }
}
