using System.Text.Json;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Repository;
using DataResilience.Engine.Sealing;
using DataResilience.Engine.Tests.Keys;
using DataResilience.Engine.Tests.Verification;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Roles;

/// <summary>What a slot signs beyond its roles does not count, however well it is made.</summary>
public sealed class ForgedSignatureTests(BaseRepository repository) : IClassFixture<BaseRepository>
{
    [Theory]
    [InlineData("nightly")]
    [InlineData("auditor")]
    [InlineData("keeper")]
    public async Task Who_is_no_Admin_has_nothing_to_sign_a_keyring_or_a_deletion_with(string key)
    {
        RepositoryKeys keys = await repository.UnlockAsync(repository.Store, key);

        Assert.Equal("RoleRequired", Assert.Throws<DataResilienceException>(() => keys.SignAsAdmin("x"u8)).ErrorCode);
        var editor = new KeyringEditor(keys, KeyedRepository.Random, TimeProvider.System);
        Assert.Equal("RoleRequired", Refused(() => editor.Add("mine", RepositoryRole.Keeper, KeyedRepository.KeyFileCredential(), new FastDerivation())));
        Assert.Equal("RoleRequired", Refused(() => editor.Remove(keys.SlotId, [], [], newGeneration: true)));
    }

    [Theory]
    [InlineData("nightly")]
    [InlineData("auditor")]
    [InlineData("keeper")]
    public async Task A_deletion_that_another_key_signed_deletes_nothing_and_is_reported(string key)
    {
        InMemoryObjectStore store = repository.Store.Copy();
        RepositoryKeys keys = await repository.UnlockAsync(store, key);
        string name = ObjectNames.Tombstone(repository.Stock);
        store.Overwrite(name, Sealer.Seal(ObjectKind.Deletion, name, Deletion(repository.Stock), new SelfMadeAdmin(keys), RecordSigner.Admin));
        EngineClient client = repository.Client(store);

        Assert.Contains(await client.ListAsync(repository.Owner), backup => backup.BackupId == repository.Stock);
        IntegrityProblem problem = Assert.Single((await client.VerifyAsync(repository.Owner))[0].Problems);
        Assert.Equal((name, ProblemKind.Corrupt, true), (problem.Object, problem.Kind, problem.Recoverable));
    }

    [Theory]
    [InlineData("auditor")]
    [InlineData("keymaster")]
    [InlineData("keeper")]
    public async Task A_manifest_that_no_Writer_signed_is_no_backup(string key)
    {
        InMemoryObjectStore store = repository.Store.Copy();
        RepositoryKeys keys = await repository.UnlockAsync(store, key);
        string original = ObjectNames.Manifest(repository.Stock);
        byte[] manifest = RecordSealer.Open(original, store.Content(original), keys).Plain;
        string id = repository.Stock[..^6] + "forged";
        byte[] text = System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(manifest).Replace(repository.Stock, id, StringComparison.Ordinal));
        byte[] forged = Sealer.Seal(ObjectKind.Manifest, ObjectNames.Manifest(id), text, keys, RecordSigner.Slot);
        store.Overwrite(ObjectNames.Manifest(id), forged);
        store.Overwrite(ObjectNames.CopyOf(ObjectNames.Manifest(id)), forged);
        EngineClient client = repository.Client(store);

        DataResilience.Backup listed = Assert.Single(await client.ListAsync(repository.Owner), backup => backup.BackupId == id);
        Assert.Equal(BackupStatus.Damaged, listed.Status);
        await Assert.ThrowsAsync<DataResilienceException>(() => client.RestoreAsync(repository.Owner, id, "forged"));
        BackupIntegrity result = Assert.Single(await client.VerifyAsync(repository.Owner), result => result.BackupId == id);
        Assert.Equal([ObjectNames.Manifest(id), ObjectNames.CopyOf(ObjectNames.Manifest(id))], result.Problems.Select(problem => problem.Object));
    }

    [Fact]
    public async Task Nonsense_that_a_Keeper_rightly_signs_keeps_nobody_out()
    {
        InMemoryObjectStore store = repository.Store.Copy();
        RepositoryKeys keys = await repository.UnlockAsync(store, "keeper");
        string verification = $"verifications/{repository.Stock}/20261123T101500Z-abcdef";
        store.Overwrite(verification, Sealer.Seal(ObjectKind.Verification, verification, "{\"packs\":7}"u8, keys, RecordSigner.Slot));
        string heldBack = "locks/20261123T101500Z-abcdef";
        store.Overwrite(heldBack, Sealer.Seal(ObjectKind.Lock, heldBack, "[]"u8, keys, RecordSigner.Slot));
        EngineClient client = repository.Client(store);

        await client.BackupAsync(repository.Keys["nightly"], "stock");
        IReadOnlyList<BackupIntegrity> results = await client.VerifyAsync(repository.Owner);

        Assert.Contains(results[0].Problems, problem => problem.Object == verification && problem.Kind == ProblemKind.Corrupt);
        Assert.All(results.Skip(1), result => Assert.True(result.IsValid));
    }

    private static RecordSealer Sealer => new(KeyedRepository.Random);

    private static byte[] Deletion(string backupId) => JsonSerializer.SerializeToUtf8Bytes(
        new Tombstone
        {
            BackupId = backupId,
            Manifest = new string('0', 64),
            Slot = new string('0', 32),
            Sequence = 1,
            Seen = [],
            Engine = DatabaseEngine.Sqlite,
            Server = "memory",
            Database = "stock",
            Time = DateTimeOffset.UnixEpoch,
        },
        RepositoryJson.Default.Tombstone);

    private static string Refused(Func<object> act) => Assert.Throws<DataResilienceException>(() => act()).ErrorCode;
}
