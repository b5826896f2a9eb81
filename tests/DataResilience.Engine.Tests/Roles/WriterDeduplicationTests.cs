using DataResilience.Engine.Chunking;
using DataResilience.Engine.Index;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Packs;
using DataResilience.Engine.Tests.Keys;
using DataResilience.Engine.Tests.Verification;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Roles;

/// <summary>A Writer relies on what it wrote itself and on what a Reader has opened, and on nothing else.</summary>
public sealed class WriterDeduplicationTests(BaseRepository repository) : IClassFixture<BaseRepository>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_Writer_that_reads_nothing_stores_nothing_twice()
    {
        EngineClient client = repository.Client(await UnverifiedAsync());

        DataResilience.Backup second = await client.BackupAsync(repository.Keys["nightly"], "stock");
        DataResilience.Backup third = await client.BackupAsync(repository.Keys["nightly"], "stock");

        Assert.Equal(0, second.NewSize);
        Assert.Equal(0, third.NewSize);
        Assert.Equal(repository.Expected[repository.Stock].Tables, (await client.RestoreAsync(repository.Owner, third.BackupId, "third")).Tables);
    }

    [Theory]
    [InlineData("auditor", true)]
    [InlineData("owner", true)]
    [InlineData("nightly", false)]
    [InlineData("keeper", false)]
    [InlineData("", false)]
    public async Task Another_Writers_packs_count_once_a_Reader_has_verified_them(string verifier, bool counts)
    {
        InMemoryObjectStore store = await UnverifiedAsync();
        EngineClient client = repository.Client(store);
        RepositoryReference weekly = await AddWriterAsync(client);
        if (verifier.Length > 0)
        {
            await client.VerifyAsync(repository.Keys[verifier], backupId: repository.Stock);
        }

        DataResilience.Backup backup = await client.BackupAsync(weekly, "stock");

        Assert.True(counts ? backup.NewSize == 0 : backup.NewSize > backup.StoredSize, $"{backup.NewSize} new bytes of {backup.StoredSize}");
        Assert.Equal(repository.Expected[repository.Stock].Tables, (await client.RestoreAsync(repository.Owner, backup.BackupId, "weekly")).Tables);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Garbage_that_a_Writer_stores_under_the_ids_of_others_spoils_no_backup(bool indexed)
    {
        InMemoryObjectStore store = await UnverifiedAsync();
        EngineClient client = repository.Client(store);
        RepositoryReference weekly = await AddWriterAsync(client);
        IReadOnlyList<PackEntry> wanted = await ChunksOfAsync(client, store, weekly);
        string[] garbage = await StoreGarbageAsync(store, wanted, indexed);

        DataResilience.Backup backup = await client.BackupAsync(weekly, "stock");
        IReadOnlyList<BackupIntegrity> results = await client.VerifyAsync(repository.Keys["auditor"]);
        DataResilience.Backup again = await client.BackupAsync(weekly, "stock");

        Assert.True(backup.NewSize > backup.StoredSize);
        Assert.Equal(0, again.NewSize);
        Assert.Equal(repository.Expected[repository.Stock].Tables, (await client.RestoreAsync(repository.Owner, backup.BackupId, "spoiled")).Tables);
        BackupIntegrity spoiled = Assert.Single(results, result => result.BackupId == backup.BackupId);
        Assert.Equal(spoiled.ChunksTotal, spoiled.ChunksChecked);
        Assert.NotEmpty(spoiled.Problems);
        Assert.All(spoiled.Problems, problem => Assert.True(problem.Recoverable));
        Assert.All(spoiled.Problems, problem => Assert.Contains(problem.Object, garbage));
    }

    private async Task<InMemoryObjectStore> UnverifiedAsync()
    {
        InMemoryObjectStore store = repository.Store.Copy();
        foreach (string name in store.Names.Where(name => name.StartsWith("verifications/", StringComparison.Ordinal)))
        {
            await store.DeleteAsync(name, Token);
        }

        return store;
    }

    private async Task<RepositoryReference> AddWriterAsync(EngineClient client)
    {
        string file = repository.KeyFile($"weekly-{Guid.NewGuid():n}");
        await client.RunAsync(new AddBackupRepositoryKeyRequest { Repository = repository.Owner, Name = "weekly", Role = RepositoryRole.Writer, NewKeyFile = file });
        return await client.OpenAsync(file);
    }

    /// <summary>The chunks that a backup is going to store, seen by taking it in a copy of the repository.</summary>
    private async Task<IReadOnlyList<PackEntry>> ChunksOfAsync(EngineClient client, InMemoryObjectStore store, RepositoryReference key)
    {
        InMemoryObjectStore copy = store.Copy();
        await repository.Client(copy).BackupAsync(key, "stock");
        RepositoryKeys keys = await repository.UnlockAsync(copy, "nightly");
        var entries = new List<PackEntry>();
        foreach (string name in copy.Names.Except(client.Store is InMemoryObjectStore before ? before.Names : []).Where(name => name.StartsWith("packs/", StringComparison.Ordinal)))
        {
            entries.AddRange((await PackFile.OpenAsync(copy, keys, Places.IdOf(name), null, Token)).Entries);
        }

        return entries;
    }

    /// <summary>What a bad Writer can do: packs rightly sealed and signed by it, in which every id is another chunk's.</summary>
    /// <returns>The names of the packs.</returns>
    private async Task<string[]> StoreGarbageAsync(InMemoryObjectStore store, IReadOnlyList<PackEntry> wanted, bool indexed)
    {
        RepositoryKeys keys = await repository.UnlockAsync(store, "nightly");
        var summaries = new List<PackSummary>();
        using var buffers = new PackBuffers();
        foreach (IGrouping<PackClass, PackEntry> entries in wanted.GroupBy(entry => PackClasses.Of(entry.Kind)!.Value))
        {
            await using var packs = new PackWriter(store, keys, KeyedRepository.Random, entries.Key, buffers, (pack, _) =>
            {
                summaries.Add(pack);
                return ValueTask.CompletedTask;
            });
            foreach (PackEntry entry in entries)
            {
                await packs.AddAsync(entry.Id, entry.Kind, "garbage\n"u8.ToArray(), Token);
            }

            await packs.FlushAsync(Token);
        }

        if (indexed)
        {
            await new IndexWriter(store, keys, KeyedRepository.Random).WriteAsync(summaries, Token);
        }

        Assert.Equal(wanted.Count, summaries.Sum(pack => pack.Entries.Count));
        return [.. summaries.Select(pack => pack.Pack.Name)];
    }
}
