using System.Text;
using DataResilience.Engine.Keys;
using DataResilience.Engine.Sealing;
using DataResilience.Engine.Tests.Keys;

namespace DataResilience.Engine.Tests.Sealing;

public sealed class RecordSealerTests
{
    private const string Name = "backups/20261123T101500Z-sqlite-shop-abc123";

    private static readonly byte[] Json = Encoding.UTF8.GetBytes("""{"backupId":"…"}""");

    private readonly RecordSealer sealer = new(KeyedRepository.Random);

    [Theory]
    [InlineData(ObjectKind.Manifest, RecordSigner.Slot)]
    [InlineData(ObjectKind.Verification, RecordSigner.Slot)]
    [InlineData(ObjectKind.Lock, RecordSigner.Slot)]
    [InlineData(ObjectKind.Deletion, RecordSigner.Admin)]
    internal async Task A_record_is_opened_by_every_slot_and_names_its_signer(ObjectKind kind, RecordSigner signer)
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        RepositoryKeys keeper = await repository.AddAsync("mirror", RepositoryRole.Keeper);
        byte[] record = sealer.Seal(kind, Name, Json, repository.Keys, signer);

        OpenedRecord opened = RecordSealer.Open(Name, record, keeper);

        Assert.Equal(kind, opened.Kind);
        Assert.Equal(Json, opened.Plain);
        Assert.Equal(signer == RecordSigner.Admin ? ObjectId.Zero : repository.Keys.SlotId, opened.Signer);
        Assert.False(opened.IsRevoked);
    }

    [Fact]
    public async Task Any_flipped_bit_is_found()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        byte[] record = sealer.Seal(ObjectKind.Manifest, Name, Json, repository.Keys, RecordSigner.Slot);
        for (int bit = 0; bit < record.Length * 8; bit++)
        {
            byte[] changed = [.. record];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));

            var refusal = Assert.Throws<DataResilienceException>(() => RecordSealer.Open(Name, changed, repository.Keys));
            Assert.Contains(refusal.Kind, new[] { ErrorKind.Damaged, ErrorKind.Unsupported });
            Assert.Equal(Name, refusal.Target);
        }
    }

    [Fact]
    public async Task Any_other_length_is_found()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        byte[] record = sealer.Seal(ObjectKind.Manifest, Name, Json, repository.Keys, RecordSigner.Slot);
        for (int length = 0; length < record.Length; length++)
        {
            Refusal.Of(Errors.ObjectDamaged, () => RecordSealer.Open(Name, record.AsSpan(..length), repository.Keys));
        }

        Refusal.Of(Errors.ObjectDamaged, () => RecordSealer.Open(Name, [.. record, 0], repository.Keys));
    }

    [Fact]
    public async Task A_record_counts_under_its_own_name_and_in_its_own_repository_only()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        KeyedRepository other = await KeyedRepository.FoundAsync();
        byte[] record = sealer.Seal(ObjectKind.Manifest, Name, Json, repository.Keys, RecordSigner.Slot);

        Refusal.Of(Errors.ObjectDamaged, () => RecordSealer.Open(Name + "x", record, repository.Keys));
        Refusal.Of(Errors.ObjectDamaged, () => RecordSealer.Open(Name, record, other.Keys));
    }

    [Fact]
    public async Task Only_a_writer_signs_manifests_and_only_an_admin_deletions()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        RepositoryKeys reader = await repository.AddAsync("reader", RepositoryRole.Reader);
        byte[] forged = sealer.Seal(ObjectKind.Manifest, Name, Json, reader, RecordSigner.Slot);

        Refusal.Of(Errors.ObjectDamaged, () => RecordSealer.Open(Name, forged, repository.Keys));
        Refusal.Of(Errors.RoleRequired, () => sealer.Seal(ObjectKind.Deletion, Name, Json, reader, RecordSigner.Admin));
        Assert.Throws<ArgumentException>(() => sealer.Seal(ObjectKind.Deletion, Name, Json, reader, RecordSigner.Slot));
    }

    [Fact]
    public async Task A_record_of_an_earlier_generation_still_opens()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        RepositoryKeys writer = await repository.AddAsync("writer", RepositoryRole.Writer);
        byte[] record = sealer.Seal(ObjectKind.Manifest, Name, Json, repository.Keys, RecordSigner.Slot);
        await repository.RemoveAsync(writer.SlotId);

        Assert.Equal(2u, repository.Keys.Generation);
        Assert.Equal(Json, RecordSealer.Open(Name, record, repository.Keys).Plain);
    }

    [Fact]
    public async Task Of_a_removed_writer_only_the_listed_records_count()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        RepositoryKeys writer = await repository.AddAsync("writer", RepositoryRole.Writer);
        byte[] before = sealer.Seal(ObjectKind.Manifest, Name, Json, writer, RecordSigner.Slot);
        OpenedRecord known = RecordSealer.Open(Name, before, repository.Keys);
        await repository.RemoveAsync(writer.SlotId, records: [Convert.ToHexStringLower(known.Sha256)]);
        byte[] after = sealer.Seal(ObjectKind.Manifest, Name, Json, writer, RecordSigner.Slot);

        Assert.False(RecordSealer.Open(Name, before, repository.Keys).IsRevoked);
        Assert.True(RecordSealer.Open(Name, after, repository.Keys).IsRevoked);
    }

    [Fact]
    public async Task Of_a_removed_admin_only_the_listed_deletions_count()
    {
        KeyedRepository repository = await KeyedRepository.FoundAsync();
        RepositoryKeys admin = await repository.AddAsync("admin", RepositoryRole.Admin);
        byte[] before = sealer.Seal(ObjectKind.Deletion, Name, Json, admin, RecordSigner.Admin);
        string known = Convert.ToHexStringLower(RecordSealer.Open(Name, before, repository.Keys).Sha256);
        await repository.RemoveAsync(admin.SlotId, deletions: [known]);
        byte[] after = sealer.Seal(ObjectKind.Deletion, Name, Json, admin, RecordSigner.Admin);
        byte[] own = sealer.Seal(ObjectKind.Deletion, Name, Json, repository.Keys, RecordSigner.Admin);

        Assert.False(RecordSealer.Open(Name, before, repository.Keys).IsRevoked);
        Assert.True(RecordSealer.Open(Name, after, repository.Keys).IsRevoked);
        Assert.False(RecordSealer.Open(Name, own, repository.Keys).IsRevoked);
    }
}
