using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Verification;

/// <summary>What a verification says of itself, and what it leaves behind.</summary>
public sealed class VerificationResultTests(BaseRepository repository) : IClassFixture<BaseRepository>
{
    [Fact]
    public async Task Every_chunk_that_a_backup_names_is_counted_and_checked()
    {
        ChunkUses uses = await ChunkUses.ReadAsync(
            repository.Store, await repository.UnlockAsync(repository.Store, "owner"), repository.Expected.Keys);

        IReadOnlyList<BackupIntegrity> results = await repository.Client(repository.Store.Copy()).VerifyAsync(repository.Owner);

        Assert.Equal(repository.Expected.Count + 1, results.Count);
        foreach (BackupIntegrity result in results.Where(result => result.BackupId is not null))
        {
            Assert.Equal(uses.ChunksOf[result.BackupId!], result.ChunksTotal);
            Assert.Equal(result.ChunksTotal, result.ChunksChecked);
            Assert.True(result.ContentOpened);
        }
    }

    [Fact]
    public async Task A_damaged_chunk_is_counted_and_not_checked()
    {
        InMemoryObjectStore store = repository.Store.Copy();
        ChunkUses uses = await ChunkUses.ReadAsync(store, await repository.UnlockAsync(store, "owner"), repository.Expected.Keys);
        string pack = store.Names.First(name => name.StartsWith("packs/", StringComparison.Ordinal) && uses.Of(name).Any(use => use.BackupId == repository.Stock));
        Engine.Packs.PackEntry entry = uses.Entries(pack)[0];
        ChunkUses.Use use = Assert.Single(uses.At(pack, (int)entry.Offset));
        store.FlipBit(pack, (long)entry.Offset * 8);

        BackupIntegrity result = Assert.Single(await repository.Client(store).VerifyAsync(repository.Owner, backupId: use.BackupId));

        Assert.False(result.IsValid);
        Assert.Equal(uses.ChunksOf[use.BackupId], result.ChunksTotal);
        Assert.True(result.ChunksChecked < result.ChunksTotal);
    }

    [Theory]
    [InlineData("owner", true)]
    [InlineData("auditor", true)]
    [InlineData("nightly", false)]
    [InlineData("keeper", false)]
    public async Task The_result_says_whether_chunks_were_opened_and_shows_in_the_list_of_backups(string key, bool opened)
    {
        InMemoryObjectStore store = repository.Store.Copy();
        foreach (string name in store.Names.Where(name => name.StartsWith("verifications/", StringComparison.Ordinal)))
        {
            await store.DeleteAsync(name, TestContext.Current.CancellationToken);
        }

        EngineClient client = repository.Client(store);
        Assert.All(await client.ListAsync(repository.Owner), backup => Assert.Null(backup.VerifiedOn));
        IReadOnlyList<BackupIntegrity> results = await client.VerifyAsync(repository.Keys[key]);

        Assert.All(results, result => Assert.Equal(opened, result.ContentOpened));
        Assert.All(results, result => Assert.True(result.IsValid));
        Assert.All(await client.ListAsync(repository.Owner), backup => Assert.NotNull(backup.VerifiedOn));
    }

    [Fact]
    public async Task A_verification_with_findings_does_not_show_as_verified()
    {
        InMemoryObjectStore store = repository.Store.Copy();
        foreach (string name in store.Names.Where(name => name.StartsWith("verifications/", StringComparison.Ordinal)))
        {
            await store.DeleteAsync(name, TestContext.Current.CancellationToken);
        }

        string pack = store.Names.First(name => name.StartsWith("packs/", StringComparison.Ordinal));
        store.FlipBit(pack, 8L * (store.Content(pack).Length - 1));
        EngineClient client = repository.Client(store);
        IReadOnlyList<BackupIntegrity> results = await client.VerifyAsync(repository.Owner);

        foreach (DataResilience.Backup backup in await client.ListAsync(repository.Owner))
        {
            Assert.Equal(results.Single(result => result.BackupId == backup.BackupId).IsValid == true, backup.VerifiedOn is not null);
        }

        Assert.Contains(results, result => result.BackupId is not null && result.IsValid == false);
    }
}
