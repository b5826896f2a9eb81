using System.Text.Json;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Repository;
using DataResilience.Engine.Sealing;
using DataResilience.Engine.Tests.Keys;
using DataResilience.Testing;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Repository;

public sealed class LockContestTests
{
    private const string Subject = "host sqlite:/srv/shop.db";
    private const string Early = "locks/20261123T101500Z-000000";
    private const string Late = "locks/20261123T101500Z-ffffff";

    private readonly QuickTime time = new();

    [Theory]
    [InlineData(Early, Late)]
    [InlineData(Late, Early)]
    public async Task The_lock_that_the_store_has_had_for_longer_stays_whatever_its_name(string first, string second)
    {
        (KeyedRepository repository, InMemoryObjectStore store) = await NewAsync();
        await PutAsync(store, first, repository.Keys);
        time.Advance(TimeSpan.FromSeconds(1));
        await PutAsync(store, second, repository.Keys);

        await Refusal.OfAsync(Errors.BackupInProgress, () => WinAsync(repository, store, second));

        Assert.Equal(0, time.Waits);
    }

    [Fact]
    public async Task A_younger_lock_is_waited_for_and_gone_on_beside_never()
    {
        (KeyedRepository repository, InMemoryObjectStore store) = await NewAsync();
        await PutAsync(store, Late, repository.Keys);
        time.Advance(TimeSpan.FromSeconds(1));
        await PutAsync(store, Early, repository.Keys);

        await Refusal.OfAsync(Errors.BackupInProgress, () => WinAsync(repository, store, Late));
        Assert.Equal(7, time.Waits);

        await PutAsync(store, ObjectNames.End(Early), repository.Keys);
        await WinAsync(repository, store, Late);
    }

    [Fact]
    public async Task At_one_time_of_the_store_the_name_decides()
    {
        (KeyedRepository repository, InMemoryObjectStore store) = await NewAsync();
        await PutAsync(store, Late, repository.Keys);
        await PutAsync(store, Early, repository.Keys);

        await Refusal.OfAsync(Errors.BackupInProgress, () => WinAsync(repository, store, Late));
        Assert.Equal(0, time.Waits);

        await PutAsync(store, ObjectNames.End(Late), repository.Keys);
        await WinAsync(repository, store, Early);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Of_many_that_begin_at_once_one_goes_on(int secondsApart)
    {
        (KeyedRepository repository, InMemoryObjectStore store) = await NewAsync();
        OpenedRepository opened = OpenedRepositories.Of(store, repository.Keys);
        var held = new List<RepositoryLock>();
        await Parallel.ForAsync(0, 8, KeyedRepository.Token, async (_, token) =>
        {
            time.Advance(TimeSpan.FromSeconds(secondsApart));
            try
            {
                RepositoryLock won = await RepositoryLock.AcquireAsync(
                    opened, OpenedRepositories.Services(time), Record(), new RecordingReporter(), token);
                lock (held)
                {
                    held.Add(won);
                }
            }
            catch (DataResilienceException refusal)
            {
                Assert.Equal(Errors.BackupInProgress.Code, refusal.ErrorCode);
            }
        });

        Assert.InRange(held.Count, 0, 1);
        foreach (RepositoryLock won in held)
        {
            await won.DisposeAsync();
        }

        await using RepositoryLock next = await RepositoryLock.AcquireAsync(
            opened, OpenedRepositories.Services(time), Record(), new RecordingReporter(), KeyedRepository.Token);
    }

    [Fact]
    public async Task Another_subject_and_a_lock_that_lapsed_hold_nobody_back()
    {
        (KeyedRepository repository, InMemoryObjectStore store) = await NewAsync();
        await PutAsync(store, Early, repository.Keys);
        time.Advance(RepositoryLock.Lifetime);
        await PutAsync(store, "locks/20261123T103000Z-000000", repository.Keys, Record() with { Subject = "another" });
        await PutAsync(store, Late, repository.Keys);

        await WinAsync(repository, store, Late);
    }

    [Fact]
    public async Task A_renewal_of_its_own_slot_holds_a_lock_and_one_of_another_slot_does_not()
    {
        (KeyedRepository repository, InMemoryObjectStore store) = await NewAsync();
        RepositoryKeys other = await repository.AddAsync("other", RepositoryRole.Writer);
        await PutAsync(store, Early, repository.Keys);
        time.Advance(RepositoryLock.Lifetime);
        await PutAsync(store, ObjectNames.Renewal(Early, 1), other);
        await PutAsync(store, Late, other);

        await WinAsync(repository, store, Late);

        await PutAsync(store, ObjectNames.Renewal(Early, 2), repository.Keys);
        await Refusal.OfAsync(Errors.BackupInProgress, () => WinAsync(repository, store, Late));
    }

    [Fact]
    public async Task Only_its_own_slot_ends_a_lock()
    {
        (KeyedRepository repository, InMemoryObjectStore store) = await NewAsync();
        RepositoryKeys other = await repository.AddAsync("other", RepositoryRole.Writer);
        await PutAsync(store, Early, repository.Keys);
        time.Advance(TimeSpan.FromSeconds(1));
        await PutAsync(store, ObjectNames.End(Early), other);
        await PutAsync(store, Late, other);

        await Refusal.OfAsync(Errors.BackupInProgress, () => WinAsync(repository, store, Late));
    }

    private async Task<(KeyedRepository Repository, InMemoryObjectStore Store)> NewAsync() =>
        (await KeyedRepository.FoundAsync(), new InMemoryObjectStore(time));

    private Task WinAsync(KeyedRepository repository, InMemoryObjectStore store, string ownName) =>
        new LockContest(OpenedRepositories.Of(store, repository.Keys), OpenedRepositories.Services(time), ownName, Subject).WinAsync(KeyedRepository.Token);

    private static async Task PutAsync(InMemoryObjectStore store, string name, RepositoryKeys keys, LockRecord? record = null)
    {
        bool isLock = ObjectNames.LockOf(name) == name;
        byte[] json = isLock ? JsonSerializer.SerializeToUtf8Bytes(record ?? Record(), RepositoryJson.Default.LockRecord) : "{}"u8.ToArray();
        Assert.True(await store.CreateAsync(
            name, new RecordSealer(KeyedRepository.Random).Seal(ObjectKind.Lock, name, json, keys, RecordSigner.Slot), KeyedRepository.Token));
    }

    private static LockRecord Record() => new()
    {
        Operation = "Backup",
        Subject = Subject,
        Host = "elsewhere",
        Process = 4711,
        ProcessStart = DateTimeOffset.UnixEpoch,
        BackupId = "20261123T101500Z-sqlite-shop-abc123",
    };
}
