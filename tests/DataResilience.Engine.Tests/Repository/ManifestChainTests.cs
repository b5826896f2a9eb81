using DataResilience.Engine.Repository;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Tests.Repository;

public sealed class ManifestChainTests
{
    private static readonly ObjectId Slot = new(7);

    [Fact]
    public void A_chain_that_forks_and_joins_has_no_gap()
    {
        CatalogEntry first = Entry("a", 1);
        CatalogEntry second = Entry("b", 2, first);
        CatalogEntry beside = Entry("c", 2, first);

        Assert.Empty(Gaps([first, second, beside, Entry("d", 3, second, beside)]));
    }

    [Fact]
    public void What_was_seen_is_there_or_deleted()
    {
        CatalogEntry first = Entry("a", 1);
        CatalogEntry second = Entry("b", 2, first);
        Tombstone deleted = TombstoneOf(second);

        Assert.Equal(ProblemKind.Missing, Assert.Single(Gaps([second])).Kind);
        Assert.Empty(Gaps([first, Entry("c", 3, second)], deleted));
        Assert.Equal("backups/a", Assert.Single(Gaps([Entry("c", 3, second)], deleted)).Object);
    }

    [Fact]
    public void What_was_seen_is_the_same_manifest_of_the_same_slot_with_a_lower_sequence()
    {
        CatalogEntry first = Entry("a", 1);

        Assert.Equal(ProblemKind.Mismatch, Assert.Single(Gaps([first with { Sha256 = "other" }, Entry("b", 2, first)])).Kind);
        Assert.Equal("backups/b", Assert.Single(Gaps([first with { Signer = new ObjectId(8) }, Entry("b", 2, first)])).Object);
        Assert.Equal("backups/b", Assert.Single(Gaps([first, Entry("b", 1, first)])).Object);
    }

    private static IEnumerable<IntegrityProblem> Gaps(IReadOnlyList<CatalogEntry> backups, params Tombstone[] tombstones) =>
        ManifestChain.FindGaps(backups, [], tombstones.ToDictionary(tombstone => tombstone.BackupId));

    private static Tombstone TombstoneOf(CatalogEntry entry) => new()
    {
        BackupId = entry.BackupId,
        Manifest = entry.Sha256,
        Slot = entry.Signer.ToString(),
        Sequence = entry.Header.Sequence,
        Seen = entry.Header.Seen,
        Engine = DatabaseEngine.Sqlite,
        Server = "",
        Database = "",
        Time = DateTimeOffset.UnixEpoch,
    };

    private static CatalogEntry Entry(string id, long sequence, params CatalogEntry[] seen) => new()
    {
        Header = new Manifest
        {
            BackupId = id,
            Type = BackupType.Full,
            Part = new ManifestPart(1, 1),
            Engine = DatabaseEngine.Sqlite,
            EngineVersion = "",
            Server = "",
            Database = "",
            Source = "",
            Start = DateTimeOffset.UnixEpoch,
            End = DateTimeOffset.UnixEpoch,
            Tool = "",
            RecoveryPosition = new Dictionary<string, string>(),
            Schema = [],
            Tables = [],
            TotalSize = 0,
            StoredSize = 0,
            NewSize = 0,
            Packs = [],
            Sequence = sequence,
            Seen = [.. seen.Select(entry => new SeenManifest(entry.BackupId, entry.Sha256))],
        },
        Sha256 = $"hash of {id}",
        Signer = Slot,
        Tables = 0,
        Rows = 0,
        Problems = [],
    };
}
