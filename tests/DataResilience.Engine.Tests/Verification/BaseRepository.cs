using DataResilience.Engine.Keys;
using DataResilience.Engine.Tests.Keys;
using DataResilience.Providers;
using DataResilience.Testing.Databases;
using DataResilience.Testing.FileLayers;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Verification;

/// <summary>
/// A repository with every kind of object, made once for a class and copied for each case: five slots, backups of two databases by
/// two Writers, one of them deleted, verifications, locks that ended.
/// </summary>
public sealed class BaseRepository : IAsyncLifetime
{
    /// <summary>Where it says it is; the same for every copy.</summary>
    public const string Location = "memory:";

    private readonly TemporaryDirectory directory = new();
    private readonly MemoryDatabaseProvider sources = new();
    private int memories;

    internal InMemoryObjectStore Store { get; } = new() { Location = Location };

    /// <summary>Opened keys by the names of their slots: owner, nightly (Writer), auditor (Reader), keymaster (Admin), keeper.</summary>
    internal Dictionary<string, RepositoryReference> Keys { get; } = new(StringComparer.Ordinal);

    internal RepositoryReference Owner => Keys["owner"];

    internal string Fingerprint { get; private set; } = "";

    /// <summary>What was backed up, by backup id.</summary>
    internal Dictionary<string, MemoryDatabase> Expected { get; } = new(StringComparer.Ordinal);

    /// <summary>The backups of the shop by the owner, oldest first.</summary>
    internal List<string> Shop { get; } = [];

    /// <summary>The backup of the stock by the Writer.</summary>
    internal string Stock { get; private set; } = "";

    /// <summary>A backup that was deleted.</summary>
    internal string Deleted { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        sources["shop"] = Shop0();
        sources["stock"] = new MemoryDatabase().With("parts", Rows("part", 3_000, 11)).With("places", Rows("place", 900, 12)).With("empty", []);
        EngineClient client = Client(Store);
        BackupRepository made = await client.RunAsync(new NewBackupRepositoryRequest { Repository = new RepositoryReference(Location), KeyFile = KeyFile("owner") });
        Fingerprint = made.Fingerprint;
        Keys["owner"] = RepositoryReference.To(made);
        await AddAsync(client, "nightly", RepositoryRole.Writer);
        await AddAsync(client, "auditor", RepositoryRole.Reader);
        await AddAsync(client, "keymaster", RepositoryRole.Admin);
        await AddAsync(client, "keeper", RepositoryRole.Keeper);
        Shop.Add(await BackUpAsync(client, "owner", "shop"));
        Deleted = await BackUpAsync(client, "owner", "shop");
        sources["shop"] = Shop0().With("orders", [.. Rows("order", 9_000, 1), .. Rows("late order", 2_000, 5)]).With("notes", Rows("note", 1_500, 4));
        client = Client(Store);
        Shop.Add(await BackUpAsync(client, "owner", "shop"));
        Stock = await BackUpAsync(client, "nightly", "stock");
        await client.VerifyAsync(Owner);
        await client.RunAsync(new RemoveDatabaseBackupRequest { Repository = Owner, Backup = new BackupReference(Deleted) });
        Expected.Remove(Deleted);
    }

    public ValueTask DisposeAsync()
    {
        directory.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A client over a store, with sources to back up and room for restores.</summary>
    /// <param name="store">The store.</param>
    /// <param name="remembers">Whether it remembers what it sees.</param>
    internal EngineClient Client(IObjectStore store, bool remembers = false)
    {
        var databases = new MemoryDatabaseProvider();
        foreach (string name in new[] { "shop", "stock" })
        {
            databases[name] = sources[name];
        }

        return new EngineClient(store, databases, remembers ? Path.Combine(directory.Path, $"memory-{Interlocked.Increment(ref memories)}") : null);
    }

    /// <summary>A slot's keys, below the operations.</summary>
    internal async Task<RepositoryKeys> UnlockAsync(IObjectStore store, string name)
    {
        using var file = Engine.Keys.KeyFile.Read(KeyFile(name));
        using SlotCredential credential = SlotCredential.OfKeyFile(file.Secret);
        return (await new KeyOpener(new FastDerivation()).OpenAsync(store, credential, TestContext.Current.CancellationToken)).Keys;
    }

    internal string KeyFile(string name) => Path.Combine(directory.Path, name + ".key");

    /// <summary>Rows that say what they are, so that they can be searched for.</summary>
    internal static IEnumerable<string> Rows(string word, int count, int seed) =>
        MemoryDatabase.Rows(count, seed).Select(row => $"{word} of the table|{row}");

    private static MemoryDatabase Shop0() => new MemoryDatabase()
        .With("customers", Rows("customer", 2_500, 2))
        .With("orders", Rows("order", 9_000, 1))
        .With("products", Rows("product", 700, 3));

    private async Task<string> BackUpAsync(EngineClient client, string key, string database)
    {
        DataResilience.Backup backup = await client.BackupAsync(Keys[key], database);
        Expected[backup.BackupId] = sources[database].Copy();
        return backup.BackupId;
    }

    private async Task AddAsync(EngineClient client, string name, RepositoryRole role)
    {
        await client.RunAsync(new AddBackupRepositoryKeyRequest { Repository = Owner, Name = name, Role = role, NewKeyFile = KeyFile(name) });
        Keys[name] = await client.OpenAsync(KeyFile(name));
    }
}
