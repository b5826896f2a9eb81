using DataResilience.Engine.Chunking;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Packs;
using DataResilience.Engine.Repository;
using DataResilience.Providers;

namespace DataResilience.Engine.Tests.Verification;

/// <summary>Which table of which backup needs what lies where: worked out from the whole repository, before it is damaged.</summary>
internal sealed class ChunkUses
{
    private readonly Dictionary<string, PackFile> packs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<Use>> usesByChunk = new(StringComparer.Ordinal);

    /// <summary>Chunks of each backup, each time it is named.</summary>
    internal Dictionary<string, int> ChunksOf { get; } = new(StringComparer.Ordinal);

    /// <summary>All uses of a pack.</summary>
    internal IEnumerable<Use> Of(string pack) => packs[pack].Entries.SelectMany(UsesOf).Distinct();

    /// <summary>The uses of the chunk that holds a byte of a pack.</summary>
    internal IEnumerable<Use> At(string pack, int offset) =>
        packs[pack].Entries.Where(entry => entry.Offset <= (ulong)offset && (ulong)offset < entry.End).SelectMany(UsesOf).Distinct();

    internal ChunkKind? KindAt(string pack, int offset) =>
        packs[pack].Entries.Where(entry => entry.Offset <= (ulong)offset && (ulong)offset < entry.End).Select(entry => (ChunkKind?)entry.Kind).FirstOrDefault();

    internal IReadOnlyList<PackEntry> Entries(string pack) => packs[pack].Entries;

    internal static async Task<ChunkUses> ReadAsync(IObjectStore store, RepositoryKeys keys, IEnumerable<string> backupIds)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        var uses = new ChunkUses();
        OpenedRepository repository = Opened(store, keys);
        await foreach (ObjectDescription found in store.ListAsync("packs/", token))
        {
            uses.packs.Add(found.Name, await PackFile.OpenAsync(store, keys, Places.IdOf(found.Name), found.Size, token));
        }

        foreach (string backupId in backupIds)
        {
            await uses.AddAsync(backupId, await BackupContents.OpenAsync(repository, backupId, token), token);
        }

        return uses;
    }

    /// <summary>A repository opened below the operations.</summary>
    internal static OpenedRepository Opened(IObjectStore store, RepositoryKeys keys) => new()
    {
        Location = store.Location,
        Store = store,
        Keys = keys,
        Keyring = keys.Keyring,
        Fingerprint = keys.Keyring.Fingerprint,
        Problems = [],
        Memory = new Engine.Keys.Memory.ClientMemory(null),
    };

    private IEnumerable<Use> UsesOf(PackEntry entry) => usesByChunk.GetValueOrDefault(entry.Id.ToString(), []);

    private async Task AddAsync(string backupId, BackupContents contents, CancellationToken token)
    {
        foreach (string id in contents.Manifest.Schema)
        {
            Add(id, new Use(backupId, ""));
        }

        foreach (ManifestTable table in contents.Manifest.Tables)
        {
            await foreach (ChunkId id in contents.ListAllAsync(table, token))
            {
                Add(id.ToString(), new Use(backupId, table.QualifiedName));
            }
        }
    }

    private void Add(string id, Use use)
    {
        ChunksOf[use.BackupId] = ChunksOf.GetValueOrDefault(use.BackupId) + 1;
        if (!usesByChunk.TryGetValue(id, out HashSet<Use>? uses))
        {
            usesByChunk.Add(id, uses = []);
        }

        uses.Add(use);
    }

    /// <param name="BackupId">The backup.</param>
    /// <param name="Table">Its table; empty for its schema.</param>
    internal sealed record Use(string BackupId, string Table);
}
