using DataResilience.Engine.Tests.Verification;
using DataResilience.Testing.Databases;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Roles;

/// <summary>Every operation with a key of every role: it does what it should, or says which role it takes and changes nothing.</summary>
public sealed class RoleMatrixTests(BaseRepository repository) : IClassFixture<BaseRepository>
{
    private const string Everybody = "owner nightly auditor keymaster keeper";
    private const string Writers = "owner nightly";
    private const string Readers = "owner auditor";
    private const string Admins = "owner keymaster";

    private static readonly Dictionary<string, (string Allowed, Func<BaseRepository, EngineClient, RepositoryReference, Task> Run)> Operations = new(StringComparer.Ordinal)
    {
        ["open"] = (Everybody, (_, client, key) => client.RunAsync(new GetBackupRepositoryRequest { Repository = key })),
        ["test the store"] = (Everybody, (_, client, key) => client.RunAsync(new TestBackupRepositoryRequest { Repository = key })),
        ["list backups"] = (Everybody, (_, client, key) => client.ListAsync(key)),
        ["list keys"] = (Everybody, (_, client, key) => client.RunAsync(new GetBackupRepositoryKeyRequest { Repository = key })),
        ["report orphans"] = (Everybody, (_, client, key) => client.RunAsync(new OptimizeBackupRepositoryRequest { Repository = key })),
        ["rebuild the index"] = (Everybody, (_, client, key) => client.RunAsync(new OptimizeBackupRepositoryRequest { Repository = key, RebuildIndex = true })),
        ["verify at level Catalog"] = (Everybody, (_, client, key) => client.VerifyAsync(key, IntegrityLevel.Catalog)),
        ["verify at level Checksum"] = (Everybody, (_, client, key) => client.VerifyAsync(key)),
        ["verify one backup"] = (Everybody, (from, client, key) => client.VerifyAsync(key, backupId: from.Stock)),
        ["verify at level Restore"] = (Readers, (from, client, key) => client.RunAsync(new TestBackupIntegrityRequest
        {
            Repository = key,
            Level = IntegrityLevel.Restore,
            Backup = new BackupReference(from.Stock),
            Target = MemoryDatabaseProvider.Endpoint("drill"),
        })),
        ["back up"] = (Writers, (_, client, key) => client.BackupAsync(key, "stock")),
        ["plan a restore"] = (Readers, (from, client, key) => client.RunAsync(new GetRestorePlanRequest
        {
            Repository = key,
            Backup = new BackupReference(from.Stock),
            Target = MemoryDatabaseProvider.Endpoint("planned"),
        })),
        ["restore"] = (Readers, (from, client, key) => client.RestoreAsync(key, from.Stock, "restored")),
        ["remove a backup"] = (Admins, (from, client, key) => client.RunAsync(new RemoveDatabaseBackupRequest
        {
            Repository = key,
            Backup = new BackupReference(from.Shop[0]),
        })),
        ["add a Keeper"] = (Admins, (from, client, key) => AddAsync(from, client, key, RepositoryRole.Keeper)),
        ["add an Admin"] = (Admins, (from, client, key) => AddAsync(from, client, key, RepositoryRole.Admin)),
        ["add a Writer"] = ("owner", (from, client, key) => AddAsync(from, client, key, RepositoryRole.Writer)),
        ["add a Reader"] = ("owner", (from, client, key) => AddAsync(from, client, key, RepositoryRole.Reader)),
        ["remove a key"] = (Admins, (_, client, key) => client.RunAsync(new RemoveBackupRepositoryKeyRequest { Repository = key, Name = "nightly" })),
    };

    public static TheoryData<string, string> Cells()
    {
        var cells = new TheoryData<string, string>();
        foreach (string operation in Operations.Keys)
        {
            foreach (string key in Everybody.Split(' '))
            {
                cells.Add(operation, key);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task An_operation_is_done_or_refused_by_the_role_of_the_key(string operation, string key)
    {
        (string allowed, Func<BaseRepository, EngineClient, RepositoryReference, Task> run) = Operations[operation];
        InMemoryObjectStore store = repository.Store.Copy();
        EngineClient client = repository.Client(store);

        if (allowed.Split(' ').Contains(key))
        {
            await run(repository, client, repository.Keys[key]);
            return;
        }

        var refusal = await Assert.ThrowsAsync<DataResilienceException>(() => run(repository, client, repository.Keys[key]));

        Assert.Equal("RoleRequired", refusal.ErrorCode);
        Assert.Equal(repository.Store.Names, store.Names);
    }

    [Fact]
    public async Task A_Keeper_makes_a_lost_index_again_and_everything_restores_by_it()
    {
        InMemoryObjectStore store = repository.Store.Copy();
        foreach (string index in store.Names.Where(name => name.StartsWith("index/", StringComparison.Ordinal)))
        {
            await store.DeleteAsync(index, TestContext.Current.CancellationToken);
        }

        EngineClient client = repository.Client(store);
        RepositoryOptimization before = await client.RunAsync(new OptimizeBackupRepositoryRequest { Repository = repository.Keys["keeper"] });
        RepositoryOptimization after = await client.RunAsync(new OptimizeBackupRepositoryRequest { Repository = repository.Keys["keeper"], RebuildIndex = true });

        Assert.Equal(before.Packs, before.UnindexedPacks);
        Assert.Equal(0, after.UnindexedPacks);
        foreach ((string backupId, MemoryDatabase expected) in repository.Expected)
        {
            Assert.Equal(expected.Tables, (await client.RestoreAsync(repository.Owner, backupId, backupId)).Tables);
        }
    }

    private static Task<BackupRepositoryKey> AddAsync(BaseRepository from, EngineClient client, RepositoryReference key, RepositoryRole role) =>
        client.RunAsync(new AddBackupRepositoryKeyRequest
        {
            Repository = key,
            Name = "another",
            Role = role,
            NewKeyFile = from.KeyFile($"another-{Guid.NewGuid():n}"),
        });
}
