using DataResilience.Engine.Tests.Verification;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Attacks;

/// <summary>Whoever controls the store shows an older state of it, or another repository.</summary>
public sealed class RollbackTests(BaseRepository repository, OtherRepository other) : IClassFixture<BaseRepository>, IClassFixture<OtherRepository>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_older_keyring_is_refused_by_a_client_that_saw_a_newer_one_until_it_is_accepted()
    {
        InMemoryObjectStore store = repository.Store.Copy();
        EngineClient client = repository.Client(store, remembers: true);
        await client.ListAsync(repository.Owner);
        await DeleteBothAsync(store, "keyring/00000005");

        Assert.Equal("RepositoryRolledBack", await RefusedAsync(() => client.ListAsync(repository.Owner)));
        Assert.Equal("RepositoryRolledBack", await RefusedAsync(() => client.BackupAsync(repository.Owner, "shop")));
        Assert.Equal("RepositoryRolledBack", await RefusedAsync(() => client.VerifyAsync(repository.Owner)));

        await client.RunAsync(new GetDatabaseBackupRequest { Repository = repository.Owner, AcceptRollback = true });
        Assert.Equal(repository.Expected.Count, (await client.ListAsync(repository.Owner)).Count);
    }

    [Fact]
    public async Task The_hidden_newest_manifest_is_missed_by_the_client_that_saw_it_until_that_is_accepted()
    {
        InMemoryObjectStore store = repository.Store.Copy();
        EngineClient client = repository.Client(store, remembers: true);
        await client.ListAsync(repository.Owner);
        await DeleteBothAsync(store, $"backups/{repository.Shop[1]}");

        Assert.Equal("RepositoryRolledBack", await RefusedAsync(() => client.ListAsync(repository.Owner)));
        Assert.Equal("RepositoryRolledBack", await RefusedAsync(() => client.BackupAsync(repository.Owner, "shop")));

        await client.RunAsync(new GetDatabaseBackupRequest { Repository = repository.Owner, AcceptRollback = true });
        Assert.DoesNotContain(await client.ListAsync(repository.Owner), backup => backup.BackupId == repository.Shop[1]);
    }

    [Fact]
    public async Task The_only_manifest_of_a_slot_hidden_is_missed_and_accepted_once_as_well()
    {
        InMemoryObjectStore store = repository.Store.Copy();
        EngineClient client = repository.Client(store, remembers: true);
        await client.ListAsync(repository.Owner);
        await DeleteBothAsync(store, $"backups/{repository.Stock}");

        Assert.Equal("RepositoryRolledBack", await RefusedAsync(() => client.ListAsync(repository.Owner)));

        await client.RunAsync(new GetDatabaseBackupRequest { Repository = repository.Owner, AcceptRollback = true });
        Assert.Equal(repository.Shop, (await client.ListAsync(repository.Owner)).Select(backup => backup.BackupId));
    }

    [Fact]
    public async Task A_manifest_that_was_damaged_first_and_then_hidden_is_missed_all_the_same()
    {
        InMemoryObjectStore store = repository.Store.Copy();
        EngineClient client = repository.Client(store, remembers: true);
        await client.ListAsync(repository.Owner);
        string name = $"backups/{repository.Shop[1]}";
        store.FlipBit(name, 900);
        store.FlipBit("copies/" + name, 900);
        Assert.Contains(await client.ListAsync(repository.Owner), backup => backup.Status == BackupStatus.Damaged);
        await DeleteBothAsync(store, name);

        Assert.Equal("RepositoryRolledBack", await RefusedAsync(() => client.ListAsync(repository.Owner)));
    }

    [Fact]
    public async Task A_client_that_never_saw_the_newest_manifest_cannot_miss_it()
    {
        InMemoryObjectStore store = repository.Store.Copy();
        await DeleteBothAsync(store, $"backups/{repository.Shop[1]}");

        IReadOnlyList<BackupIntegrity> results = await repository.Client(store, remembers: true).VerifyAsync(repository.Owner);

        // docs/repository-format.md, 9: what was never seen can be withheld.
        Assert.All(results, result => Assert.True(result.IsValid));
    }

    [Fact]
    public async Task A_hidden_manifest_that_a_later_one_names_is_a_finding_for_everybody()
    {
        InMemoryObjectStore store = repository.Store.Copy();
        EngineClient client = repository.Client(store);
        DataResilience.Backup later = await client.BackupAsync(repository.Owner, "shop");
        await DeleteBothAsync(store, $"backups/{repository.Shop[1]}");

        IReadOnlyList<BackupIntegrity> results = await repository.Client(store).VerifyAsync(repository.Keys["keeper"]);

        IntegrityProblem problem = Assert.Single(results[0].Problems);
        Assert.Equal(($"backups/{repository.Shop[1]}", ProblemKind.Missing, false), (problem.Object, problem.Kind, problem.Recoverable));
        Assert.True(Assert.Single(results, result => result.BackupId == later.BackupId).IsValid);
    }

    [Fact]
    public async Task A_hidden_manifest_that_only_a_deletion_names_is_a_finding_too()
    {
        InMemoryObjectStore store = repository.Store.Copy();
        // The deleted backup came after the first one, and its tombstone keeps what it had seen.
        await DeleteBothAsync(store, $"backups/{repository.Shop[0]}");

        IReadOnlyList<BackupIntegrity> results = await repository.Client(store).VerifyAsync(repository.Owner, IntegrityLevel.Catalog);

        Assert.Equal([$"backups/{repository.Shop[0]}"], results[0].Problems.Select(problem => problem.Object));
    }

    [Fact]
    public async Task A_tombstone_that_is_taken_away_brings_its_backup_back_whole()
    {
        InMemoryObjectStore store = repository.Store.Copy();
        EngineClient client = repository.Client(store, remembers: true);
        Assert.DoesNotContain(await client.ListAsync(repository.Owner), backup => backup.BackupId == repository.Deleted);
        await store.DeleteAsync($"deletions/{repository.Deleted}", Token);

        // Not stopped (docs/repository-format.md, 9): it is listed again, and nothing is lost.
        Assert.Contains(await client.ListAsync(repository.Owner), backup => backup.BackupId == repository.Deleted);
        Assert.Equal(
            repository.Expected[repository.Shop[0]].Tables,
            (await client.RestoreAsync(repository.Owner, repository.Deleted, "deleted")).Tables);
    }

    [Fact]
    public async Task Another_repository_at_the_same_place_is_refused_until_its_fingerprint_is_given_once()
    {
        InMemoryObjectStore store = repository.Store.Copy();
        EngineClient client = repository.Client(store, remembers: true);
        await client.ListAsync(repository.Owner);
        foreach (string name in store.Names)
        {
            await store.DeleteAsync(name, Token);
        }

        foreach (string name in other.Store.Names)
        {
            store.Overwrite(name, other.Store.Content(name));
        }

        Assert.Equal("RepositoryIdentityChanged", await RefusedAsync(() => client.ListAsync(repository.Owner)));
        Assert.Equal("RepositoryIdentityChanged", await RefusedAsync(() => client.ListAsync(other.Repository.Owner)));
        Assert.Equal("RepositoryIdentityChanged", await RefusedAsync(() => client.RunAsync(
            new GetDatabaseBackupRequest { Repository = other.Repository.Owner, Fingerprint = repository.Fingerprint })));

        await client.RunAsync(new GetDatabaseBackupRequest { Repository = other.Repository.Owner, Fingerprint = other.Repository.Fingerprint });
        Assert.Equal(other.Repository.Expected.Count, (await client.ListAsync(other.Repository.Owner)).Count);
    }

    [Fact]
    public async Task A_fingerprint_that_is_given_is_checked_by_a_client_that_remembers_nothing()
    {
        EngineClient client = repository.Client(repository.Store.Copy());

        await client.RunAsync(new GetDatabaseBackupRequest { Repository = repository.Owner, Fingerprint = repository.Fingerprint });
        Assert.Equal("RepositoryIdentityChanged", await RefusedAsync(() => client.RunAsync(
            new GetDatabaseBackupRequest { Repository = repository.Owner, Fingerprint = other.Repository.Fingerprint })));
    }

    private static async Task DeleteBothAsync(InMemoryObjectStore store, string name)
    {
        await store.DeleteAsync(name, Token);
        await store.DeleteAsync("copies/" + name, Token);
    }

    private static async Task<string> RefusedAsync(Func<Task> act) => (await Assert.ThrowsAsync<DataResilienceException>(act)).ErrorCode;
}
