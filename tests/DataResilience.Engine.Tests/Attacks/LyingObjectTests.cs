using System.Text.Json;
using DataResilience.Engine.Index;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Packs;
using DataResilience.Engine.Repository;
using DataResilience.Engine.Sealing;
using DataResilience.Engine.Tests.Keys;
using DataResilience.Engine.Tests.Verification;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Attacks;

/// <summary>Objects that are rightly sealed and signed, and say what is not so: verification believes what it has read alone.</summary>
public sealed class LyingObjectTests(BaseRepository repository) : IClassFixture<BaseRepository>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("owner")]
    [InlineData("keeper")]
    public async Task An_index_that_states_a_lost_chunk_in_a_sound_pack_does_not_make_a_backup_valid(string verifier)
    {
        InMemoryObjectStore store = repository.Store.Copy();
        RepositoryKeys keys = await repository.UnlockAsync(store, "nightly");
        ChunkUses uses = await ChunkUses.ReadAsync(store, await repository.UnlockAsync(store, "owner"), [repository.Stock]);
        string[] packs = [.. store.Names.Where(name => name.StartsWith("packs/", StringComparison.Ordinal) && store.Content(name)[64] == (byte)PackClass.Content)];
        string lost = packs.Single(pack => uses.Of(pack).Any());
        PackFile sound = await PackFile.OpenAsync(store, keys, Places.IdOf(packs.First(pack => pack != lost)), null, Token);
        await store.DeleteAsync(lost, Token);
        foreach (string index in store.Names.Where(name => name.StartsWith("index/", StringComparison.Ordinal)))
        {
            await store.DeleteAsync(index, Token);
        }

        await new IndexWriter(store, keys, KeyedRepository.Random).WriteAsync([new PackSummary(sound.Pack, uses.Entries(lost))], Token);

        IReadOnlyList<BackupIntegrity> results = await repository.Client(store).VerifyAsync(repository.Keys[verifier]);

        BackupIntegrity stock = Assert.Single(results, result => result.BackupId == repository.Stock);
        Assert.False(stock.IsValid);
        Assert.Contains(stock.Problems, problem => !problem.Recoverable && problem.Object == sound.Pack.Name && problem.Kind == ProblemKind.Mismatch);
        Assert.All(stock.Problems, problem => Assert.False(problem.Recoverable));
    }

    [Fact]
    public async Task A_manifest_that_hides_its_packs_does_not_keep_verification_from_reading_them()
    {
        InMemoryObjectStore store = repository.Store.Copy();
        ChunkUses uses = await ChunkUses.ReadAsync(store, await repository.UnlockAsync(store, "owner"), [repository.Stock]);
        RepositoryKeys keys = await repository.UnlockAsync(store, "nightly");
        string name = ObjectNames.Manifest(repository.Stock);
        Manifest manifest = JsonSerializer.Deserialize(RecordSealer.Open(name, store.Content(name), keys).Plain, RepositoryJson.Default.Manifest)!;
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(manifest with { Packs = [] }, RepositoryJson.Default.Manifest);
        byte[] bytes = new RecordSealer(KeyedRepository.Random).Seal(ObjectKind.Manifest, name, json, keys, RecordSigner.Slot);
        store.Overwrite(name, bytes);
        store.Overwrite(ObjectNames.CopyOf(name), bytes);
        EngineClient client = repository.Client(store);
        Assert.True(Assert.Single(await client.VerifyAsync(repository.Owner, backupId: repository.Stock)).IsValid);
        string pack = store.Names.First(one => one.StartsWith("packs/", StringComparison.Ordinal) && uses.Of(one).Any());
        store.FlipBit(pack, (long)uses.Entries(pack)[0].Offset * 8);

        BackupIntegrity result = Assert.Single(await client.VerifyAsync(repository.Owner, backupId: repository.Stock));

        Assert.False(result.IsValid);
        Assert.Contains(result.Problems, problem => problem.Object == pack && !problem.Recoverable);
    }
}
