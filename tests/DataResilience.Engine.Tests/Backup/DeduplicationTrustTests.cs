using DataResilience.Engine.Backup;
using DataResilience.Engine.Chunking;
using DataResilience.Engine.Index;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Packs;
using DataResilience.Engine.Repository;
using DataResilience.Engine.Sealing;
using DataResilience.Engine.Tests.Keys;
using DataResilience.Engine.Tests.Repository;

namespace DataResilience.Engine.Tests.Backup;

public sealed class DeduplicationTrustTests
{
    private static readonly PackReference Pack = new(new ObjectId(1), 1000, PackClass.Content, new ObjectId(2), Sha256Hash.Of("one"u8));

    [Fact]
    public async Task A_verified_pack_is_trusted_by_its_hash_and_not_by_its_id()
    {
        Func<PackReference, bool> trusts = await TrustAsync(VerifiedPack.Of(Pack));

        Assert.True(trusts(Pack));
        Assert.False(trusts(Pack with { TrailerHash = Sha256Hash.Of("two"u8) }));
        Assert.False(trusts(Pack with { Id = new ObjectId(3) }));
    }

    [Fact]
    public async Task What_nobody_verified_is_trusted_if_the_own_slot_wrote_it()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        Func<PackReference, bool> trusts = BackupWriter.MayDeduplicate(
            OpenedRepositories.Of(repository.Store, repository.Keys), Catalog());

        Assert.False(trusts(Pack));
        Assert.True(trusts(Pack with { SlotId = repository.Keys.SlotId }));
    }

    [Fact]
    public async Task What_an_index_of_another_slot_says_is_confirmed_by_the_very_pack_it_describes()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        PackSummary pack = await StoreAsync(repository);
        var tables = new PackTables(repository.Store, repository.Keys);
        var location = new ChunkLocation(pack.Pack, pack.Entries[0]);

        Assert.True(await ConfirmAsync(location));
        Assert.False(await ConfirmAsync(location with { Pack = pack.Pack with { TrailerHash = Sha256Hash.Of("other"u8) } }));
        Assert.False(await ConfirmAsync(location with { Pack = pack.Pack with { SlotId = new ObjectId(9) } }));
        Assert.False(await ConfirmAsync(location with { Entry = pack.Entries[0] with { Nonce = 5 } }));

        ValueTask<bool> ConfirmAsync(ChunkLocation asked) => tables.ConfirmAsync(asked, fault => Assert.Fail(fault.ToString()), KeyedRepository.Token);
    }

    private static async Task<Func<PackReference, bool>> TrustAsync(params VerifiedPack[] verified)
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        return BackupWriter.MayDeduplicate(OpenedRepositories.Of(repository.Store, repository.Keys), Catalog(verified));
    }

    private static async Task<PackSummary> StoreAsync(KeyedRepository repository)
    {
        PackSummary? stored = null;
        using var buffers = new PackBuffers();
        await using var writer = new PackWriter(repository.Store, repository.Keys, KeyedRepository.Random, PackClass.Content, buffers, (pack, _) =>
        {
            stored = pack;
            return ValueTask.CompletedTask;
        });
        byte[] plain = new byte[100];
        ChunkId id = new ChunkIdentity(repository.Keys.DeduplicationSecret()).Of(ChunkKind.Rows, plain);
        await writer.AddAsync(id, ChunkKind.Rows, plain, KeyedRepository.Token);
        await writer.FlushAsync(KeyedRepository.Token);
        return stored!;
    }

    private static BackupCatalog Catalog(params VerifiedPack[] verified) => new()
    {
        Backups = [],
        Damaged = [],
        Tombstones = new Dictionary<string, Tombstone>(),
        Verified = new Dictionary<string, VerificationRecord>(),
        VerifiedPacks = verified.ToHashSet(),
        Problems = [],
        RecordHashes = Array.Empty<(ObjectId, string)>().ToLookup(record => record.Item1, record => record.Item2),
        TombstoneHashes = [],
    };
}
