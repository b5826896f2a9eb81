using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Verification;

/// <summary>Verification says "valid" of what it read, so it reads everything, and says how much that was.</summary>
public sealed class BytesReadTests(BaseRepository repository) : IClassFixture<BaseRepository>
{
    [Theory]
    [InlineData("owner")]
    [InlineData("nightly")]
    [InlineData("keeper")]
    public async Task A_verification_of_the_repository_reads_every_byte_of_every_object_and_counts_each_once(string key)
    {
        InMemoryObjectStore store = repository.Store.Copy();
        string[] names = [.. store.Names];
        var recorder = new RangeRecordingStore(store);

        IReadOnlyList<BackupIntegrity> results = await repository.Client(recorder).VerifyAsync(repository.Keys[key]);

        Assert.All(results, result => Assert.True(result.IsValid, string.Join("; ", result.Problems)));
        Assert.All(names, name => Assert.Equal((name, store.Content(name).Length), (name, recorder.CoveredFromStart(name))));
        Assert.Equal(names.Sum(name => (long)store.Content(name).Length), Assert.Single(results, result => result.BackupId is null).BytesRead);
        Assert.True(recorder.BytesRead >= results[0].BytesRead);
    }

    [Fact]
    public async Task A_repository_with_removed_keys_and_locks_of_theirs_is_valid_and_read_whole()
    {
        InMemoryObjectStore store = repository.Store.Copy();
        EngineClient client = repository.Client(store);
        await client.RunAsync(new RemoveBackupRepositoryKeyRequest { Repository = repository.Owner, Name = "nightly" });
        long size = store.Names.Sum(name => (long)store.Content(name).Length);

        IReadOnlyList<BackupIntegrity> results = await client.VerifyAsync(repository.Owner);

        Assert.All(results, result => Assert.True(result.IsValid, string.Join("; ", result.Problems)));
        Assert.Contains(results, result => result.BackupId == repository.Stock);
        Assert.Equal(size, results[0].BytesRead);
    }

    [Fact]
    public async Task A_verification_at_level_Catalog_reads_no_pack_and_calls_nothing_valid()
    {
        var recorder = new RangeRecordingStore(repository.Store.Copy());
        string[] contentPacks = [.. repository.Store.Names.Where(name => name.StartsWith("packs/", StringComparison.Ordinal) && repository.Store.Content(name)[64] == 1)];

        IReadOnlyList<BackupIntegrity> results = await repository.Client(recorder).VerifyAsync(repository.Owner, IntegrityLevel.Catalog);

        Assert.All(results, result => Assert.Null(result.IsValid));
        Assert.All(results, result => Assert.Equal(0, result.ChunksChecked));
        Assert.All(contentPacks, pack => Assert.Equal(0, recorder.CoveredFromStart(pack)));
    }
}
