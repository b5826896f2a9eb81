using System.Text;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Repository;
using DataResilience.Engine.Sealing;
using DataResilience.Engine.Tests.Keys;
using DataResilience.Engine.Tests.Verification;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Attacks;

/// <summary>Keyrings that are lost, and keys that were removed and come back.</summary>
public sealed class RemovedKeyTests(BaseRepository repository) : IClassFixture<BaseRepository>
{
    [Theory]
    [InlineData("flip")]
    [InlineData("truncate")]
    [InlineData("empty")]
    [InlineData("flip the repository id")]
    [InlineData("flip one copy and delete the other")]
    public async Task A_newest_keyring_that_is_damaged_in_both_copies_opens_nothing(string damage)
    {
        const int RepositoryIdOffset = 16;
        InMemoryObjectStore store = repository.Store.Copy();
        foreach (string name in new[] { "keyring/00000005", "copies/keyring/00000005" })
        {
            byte[] content = store.Content(name);
            content[damage == "flip the repository id" ? RepositoryIdOffset : content.Length / 2] ^= 4;
            store.Overwrite(name, damage switch { "truncate" => content[..^9], "empty" => [], _ => content });
        }

        if (damage == "flip one copy and delete the other")
        {
            await store.DeleteAsync("keyring/00000005", TestContext.Current.CancellationToken);
        }

        DataResilienceException refusal = await RefusedAsync(() => repository.Client(store).ListAsync(repository.Owner));
        DataResilienceException byKeyFile = await RefusedAsync(() => repository.Client(store).OpenAsync(repository.KeyFile("owner")));

        Assert.Equal("ObjectDamaged", refusal.ErrorCode);
        Assert.Equal("ObjectDamaged", byKeyFile.ErrorCode);
        Assert.EndsWith("keyring/00000005", refusal.Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_object_of_a_removed_slot_opens_nothing_when_it_is_put_back()
    {
        InMemoryObjectStore store = repository.Store.Copy();
        EngineClient client = repository.Client(store);
        string slot = $"keys/{(await repository.UnlockAsync(store, "nightly")).SlotId}";
        byte[] kept = store.Content(slot);
        await RemoveAsync(client, "nightly");
        Assert.DoesNotContain(slot, store.Names);
        store.Overwrite(slot, kept);
        store.Overwrite("copies/" + slot, kept);

        Assert.Equal("KeyRejected", (await RefusedAsync(() => client.OpenAsync(repository.KeyFile("nightly")))).ErrorCode);
        Assert.Equal("KeyRejected", (await RefusedAsync(() => client.BackupAsync(repository.Keys["nightly"], "stock"))).ErrorCode);
        IReadOnlyList<BackupIntegrity> results = await client.VerifyAsync(repository.Owner);
        Assert.Equal([slot, "copies/" + slot], results[0].Problems.Select(problem => problem.Object).OrderDescending());
        Assert.All(results[0].Problems, problem => Assert.Equal((ProblemKind.Unexpected, true), (problem.Kind, problem.Recoverable)));
        Assert.Contains(results, result => result.BackupId == repository.Stock && result.IsValid == true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_manifest_that_a_removed_Writer_signs_is_not_listed_and_is_reported(bool keepGeneration)
    {
        InMemoryObjectStore store = repository.Store.Copy();
        EngineClient client = repository.Client(store);
        RepositoryKeys kept = await repository.UnlockAsync(store, "nightly");
        await RemoveAsync(client, "nightly", keepGeneration);
        string id = repository.Stock[..^6] + "ghosts";
        byte[] manifest = Resealed(store, kept, repository.Stock, id);
        store.Overwrite(ObjectNames.Manifest(id), manifest);
        store.Overwrite(ObjectNames.CopyOf(ObjectNames.Manifest(id)), manifest);

        IReadOnlyList<DataResilience.Backup> listed = await client.ListAsync(repository.Owner);
        IReadOnlyList<BackupIntegrity> results = await client.VerifyAsync(repository.Owner);

        Assert.Equal(repository.Expected.Keys.Order(), listed.Select(backup => backup.BackupId).Order());
        IntegrityProblem problem = Assert.Single(results.SelectMany(result => result.Problems));
        Assert.Equal((ObjectNames.Manifest(id), ProblemKind.Unexpected, true), (problem.Object, problem.Kind, problem.Recoverable));
        Assert.Equal("BackupNotFound", (await RefusedAsync(() => client.RestoreAsync(repository.Owner, id, "ghost"))).ErrorCode);
        Assert.Equal(repository.Expected[repository.Stock].Tables, (await client.RestoreAsync(repository.Owner, repository.Stock, "stock again")).Tables);
    }

    [Fact]
    public async Task A_verification_that_a_removed_Reader_signs_lends_no_trust()
    {
        InMemoryObjectStore store = repository.Store.Copy();
        foreach (string name in store.Names.Where(name => name.StartsWith("verifications/", StringComparison.Ordinal)))
        {
            await store.DeleteAsync(name, TestContext.Current.CancellationToken);
        }

        InMemoryObjectStore aside = store.Copy();
        await repository.Client(aside).VerifyAsync(repository.Keys["auditor"], backupId: repository.Stock);
        string record = aside.Names.Except(store.Names).Single();
        EngineClient client = repository.Client(store);
        await RemoveAsync(client, "auditor");
        store.Overwrite(record, aside.Content(record));

        DataResilience.Backup backup = await client.BackupAsync(repository.Owner, "stock");

        Assert.True(backup.NewSize > backup.StoredSize);
        IntegrityProblem problem = Assert.Single((await client.VerifyAsync(repository.Owner))[0].Problems);
        Assert.Equal((record, ProblemKind.Unexpected, true), (problem.Object, problem.Kind, problem.Recoverable));
    }

    [Fact]
    public async Task A_deletion_that_a_removed_Admin_signs_deletes_nothing()
    {
        InMemoryObjectStore store = repository.Store.Copy();
        InMemoryObjectStore aside = store.Copy();
        await repository.Client(aside).RunAsync(new RemoveDatabaseBackupRequest { Repository = repository.Keys["keymaster"], Backup = new BackupReference(repository.Shop[0]) });
        EngineClient client = repository.Client(store);
        await RemoveAsync(client, "keymaster");
        string tombstone = ObjectNames.Tombstone(repository.Shop[0]);
        store.Overwrite(tombstone, aside.Content(tombstone));

        IReadOnlyList<DataResilience.Backup> listed = await client.ListAsync(repository.Owner);
        IReadOnlyList<BackupIntegrity> results = await client.VerifyAsync(repository.Owner);

        Assert.Equal(repository.Expected.Keys.Order(), listed.Select(backup => backup.BackupId).Order());
        IntegrityProblem problem = Assert.Single(results.SelectMany(result => result.Problems));
        Assert.Equal((tombstone, ProblemKind.Unexpected, true), (problem.Object, problem.Kind, problem.Recoverable));
    }

    private Task<BackupRepositoryKey> RemoveAsync(EngineClient client, string name, bool keepGeneration = false) =>
        client.RunAsync(new RemoveBackupRepositoryKeyRequest { Repository = repository.Owner, Name = name, KeepGeneration = keepGeneration });

    /// <summary>The manifest of one backup as another one's, signed by keys that were kept.</summary>
    private static byte[] Resealed(InMemoryObjectStore store, RepositoryKeys keys, string from, string to)
    {
        string name = ObjectNames.Manifest(from);
        string json = Encoding.UTF8.GetString(RecordSealer.Open(name, store.Content(name), keys).Plain);
        byte[] text = Encoding.UTF8.GetBytes(json.Replace(from, to, StringComparison.Ordinal));
        return new RecordSealer(KeyedRepository.Random).Seal(ObjectKind.Manifest, ObjectNames.Manifest(to), text, keys, RecordSigner.Slot);
    }

    private static async Task<DataResilienceException> RefusedAsync(Func<Task> act) => await Assert.ThrowsAsync<DataResilienceException>(act);
}
