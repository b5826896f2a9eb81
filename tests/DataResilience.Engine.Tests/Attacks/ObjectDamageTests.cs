using DataResilience.Engine.Tests.Verification;
using DataResilience.Testing.ObjectStores;

namespace DataResilience.Engine.Tests.Attacks;

/// <summary>Whole objects cut, emptied, lost, exchanged, doubled and brought in from elsewhere: each is found, named and called what it is.</summary>
public sealed class ObjectDamageTests(BaseRepository repository, OtherRepository other) : IClassFixture<BaseRepository>, IClassFixture<OtherRepository>
{
    private static readonly string[] Kinds =
    [
        "repository.json", "keyring", "keyring, copy", "slot", "slot, copy", "content pack", "catalog pack", "index",
        "manifest", "manifest, copy", "deleted manifest", "tombstone", "verification", "lock",
    ];

    /// <summary>Nothing names these, so that nothing misses them: a deletion undone, a record lost. See docs/repository-format.md, 9.</summary>
    private static readonly string[] MissedByNobody = ["index", "deleted manifest", "tombstone", "verification", "lock"];

    public static TheoryData<string> AllKinds() => [.. Kinds];

    public static TheoryData<string> RepeatedKinds() => [.. Kinds.Except(["repository.json", "tombstone", "deleted manifest"])];

    [Theory]
    [MemberData(nameof(AllKinds))]
    public async Task A_truncated_object_is_corrupt(string kind)
    {
        InMemoryObjectStore store = repository.Store.Copy();
        string name = Pick(kind);
        store.Overwrite(name, store.Content(name)[..(store.Content(name).Length / 3)]);

        AssertNamed(await VerifyAsync(store), name, ProblemKind.Corrupt, kind);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public async Task An_emptied_object_is_corrupt(string kind)
    {
        InMemoryObjectStore store = repository.Store.Copy();
        string name = Pick(kind);
        store.Overwrite(name, []);

        AssertNamed(await VerifyAsync(store), name, ProblemKind.Corrupt, kind);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public async Task A_deleted_object_is_missing_where_anything_names_it(string kind)
    {
        InMemoryObjectStore store = repository.Store.Copy();
        string name = Pick(kind);
        await store.DeleteAsync(name, TestContext.Current.CancellationToken);

        IReadOnlyList<BackupIntegrity> results = await VerifyAsync(store);

        if (MissedByNobody.Contains(kind))
        {
            Assert.All(results, result => Assert.True(result.IsValid, string.Join("; ", result.Problems)));
            Assert.Equal(kind == "tombstone", results.Any(result => result.BackupId == repository.Deleted));
        }
        else
        {
            AssertNamed(results, name, ProblemKind.Missing, kind);
        }
    }

    [Theory]
    [MemberData(nameof(RepeatedKinds))]
    public async Task Two_exchanged_objects_are_both_named(string kind)
    {
        InMemoryObjectStore store = repository.Store.Copy();
        string one = Pick(kind);
        string another = Pick(kind, 1);
        (byte[] first, byte[] second) = (store.Content(one), store.Content(another));
        store.Overwrite(one, second);
        store.Overwrite(another, first);

        IReadOnlyList<BackupIntegrity> results = await VerifyAsync(store);

        // A record's signature binds its name: under another name it cannot be told from a changed one.
        ProblemKind expected = IsFramed(kind) ? ProblemKind.Mismatch : ProblemKind.Corrupt;
        AssertNamed(results, one, expected, kind);
        AssertNamed(results, another, expected, kind);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public async Task An_object_of_another_repository_is_named(string kind)
    {
        InMemoryObjectStore store = repository.Store.Copy();
        string name = Pick(kind);
        store.Overwrite(name, other.Store.Content(Pick(kind, 0, other.Repository)));

        AssertNamed(await VerifyAsync(store), name, IsFramed(kind) ? ProblemKind.Mismatch : ProblemKind.Corrupt, kind);
    }

    [Theory]
    [InlineData("slot", ProblemKind.Unexpected, true)]
    [InlineData("slot, copy", ProblemKind.Unexpected, true)]
    [InlineData("content pack", ProblemKind.Mismatch, true)]
    [InlineData("catalog pack", ProblemKind.Mismatch, true)]
    [InlineData("index", ProblemKind.Mismatch, true)]
    [InlineData("manifest", ProblemKind.Corrupt, false)]
    [InlineData("manifest, copy", ProblemKind.Corrupt, false)]
    [InlineData("tombstone", ProblemKind.Corrupt, true)]
    [InlineData("verification", ProblemKind.Corrupt, true)]
    [InlineData("lock", ProblemKind.Corrupt, true)]
    public async Task An_object_under_a_second_name_is_named(string kind, ProblemKind expected, bool recoverable)
    {
        InMemoryObjectStore store = repository.Store.Copy();
        string name = Pick(kind);
        string second = kind == "tombstone" ? $"deletions/{repository.Stock}" : SecondName(name);
        store.Overwrite(second, store.Content(name));

        IReadOnlyList<BackupIntegrity> results = await VerifyAsync(store);

        IntegrityProblem problem = Assert.Single(results.SelectMany(result => result.Problems), problem => problem.Object == second);
        Assert.Equal((expected, recoverable), (problem.Kind, problem.Recoverable));
        Assert.All(results.Where(result => repository.Expected.ContainsKey(result.BackupId ?? "")), result => Assert.True(result.IsValid));
    }

    [Theory]
    [InlineData("readme.txt", ProblemKind.Unexpected)]
    [InlineData("more/things", ProblemKind.Unexpected)]
    [InlineData("packs/readme.txt", ProblemKind.Unexpected)]
    [InlineData("packs/00/0123", ProblemKind.Unexpected)]
    [InlineData("packs/00/ffffffffffffffffffffffffffffffff", ProblemKind.Unexpected)]
    [InlineData("index/readme.txt", ProblemKind.Unexpected)]
    [InlineData("index/ffffffffffffffffffffffffffffffff", ProblemKind.Corrupt)]
    [InlineData("packs/ff/ffffffffffffffffffffffffffffffff", ProblemKind.Corrupt)]
    [InlineData("keyring/readme.txt", ProblemKind.Unexpected)]
    [InlineData("copies/keyring/readme.txt", ProblemKind.Unexpected)]
    [InlineData("keys/readme.txt", ProblemKind.Unexpected)]
    [InlineData("copies/keys/readme.txt", ProblemKind.Unexpected)]
    [InlineData("keys/ffffffffffffffffffffffffffffffff", ProblemKind.Unexpected)]
    [InlineData("backups/readme.txt", ProblemKind.Unexpected)]
    [InlineData("copies/backups/readme.txt", ProblemKind.Unexpected)]
    [InlineData("copies/readme.txt", ProblemKind.Unexpected)]
    [InlineData("copies/packs/readme.txt", ProblemKind.Unexpected)]
    [InlineData("deletions/readme.txt", ProblemKind.Corrupt)]
    [InlineData("verifications/readme.txt", ProblemKind.Corrupt)]
    [InlineData("locks/readme.txt", ProblemKind.Corrupt)]
    public async Task A_foreign_file_is_named_and_does_no_harm(string name, ProblemKind expected)
    {
        InMemoryObjectStore store = repository.Store.Copy();
        store.Overwrite(name, "This is not ours, and longer than any header, but it is here all the same. Nobody knows why."u8.ToArray());

        IReadOnlyList<BackupIntegrity> results = await VerifyAsync(store);

        IntegrityProblem problem = Assert.Single(results[0].Problems);
        Assert.Equal((name, expected, true), (problem.Object, problem.Kind, problem.Recoverable));
        Assert.All(results.Skip(1), result => Assert.True(result.IsValid));
        Assert.Equal(repository.Expected.Keys.Order(), (await repository.Client(store).ListAsync(repository.Owner)).Select(backup => backup.BackupId).Order());
    }

    [Theory]
    [InlineData("manifest")]
    [InlineData("slot")]
    public async Task What_is_lost_in_both_copies_is_not_called_recoverable(string kind)
    {
        InMemoryObjectStore store = repository.Store.Copy();
        string name = kind == "slot" ? $"keys/{(await repository.UnlockAsync(store, "keeper")).SlotId}" : $"backups/{repository.Stock}";
        store.FlipBit(name, 1000);
        store.Overwrite("copies/" + name, []);

        IReadOnlyList<BackupIntegrity> results = await VerifyAsync(store);

        IntegrityProblem[] problems = [.. results.SelectMany(result => result.Problems)];
        Assert.Equal([name, "copies/" + name], problems.Select(problem => problem.Object));
        Assert.All(problems, problem => Assert.False(problem.Recoverable));
    }

    [Theory]
    [InlineData("content pack", "delete", ProblemKind.Missing)]
    [InlineData("catalog pack", "delete", ProblemKind.Missing)]
    [InlineData("content pack", "truncate", ProblemKind.Corrupt)]
    [InlineData("catalog pack", "truncate", ProblemKind.Corrupt)]
    [InlineData("content pack", "empty", ProblemKind.Corrupt)]
    [InlineData("manifest", "delete", ProblemKind.Missing)]
    [InlineData("manifest, copy", "truncate", ProblemKind.Corrupt)]
    [InlineData("keyring", "delete", ProblemKind.Missing)]
    [InlineData("slot, copy", "empty", ProblemKind.Corrupt)]
    [InlineData("tombstone", "empty", ProblemKind.Corrupt)]
    public async Task Level_Catalog_sees_what_is_missing_or_has_another_size(string kind, string damage, ProblemKind expected)
    {
        InMemoryObjectStore store = repository.Store.Copy();
        string name = Pick(kind);
        if (damage == "delete")
        {
            await store.DeleteAsync(name, TestContext.Current.CancellationToken);
        }
        else
        {
            store.Overwrite(name, damage == "empty" ? [] : store.Content(name)[..^1]);
        }

        AssertNamed(await repository.Client(store).VerifyAsync(repository.Owner, IntegrityLevel.Catalog), name, expected, kind);
    }

    private static bool IsFramed(string kind) => kind is "index" or "content pack" or "catalog pack";

    private static string SecondName(string name) => name.StartsWith("packs/", StringComparison.Ordinal)
        ? $"packs/ff/{new string('f', 32)}"
        : name[..^6] + "ffffff";

    private static void AssertNamed(IReadOnlyList<BackupIntegrity> results, string name, ProblemKind expected, string kind)
    {
        IntegrityProblem[] named = [.. results.SelectMany(result => result.Problems).Where(problem => problem.Object == name)];
        Assert.NotEmpty(named);
        Assert.All(named, problem => Assert.Equal(expected, problem.Kind));
        // Packs are stored once; everything else has a copy, or is made again, or costs no backup anything.
        Assert.Equal(!kind.EndsWith("pack", StringComparison.Ordinal), named.All(problem => problem.Recoverable));
        Assert.Contains(results, result => result.IsValid == false);
        Assert.DoesNotContain(results, result => result.IsValid == true && result.ProblemCount > 0);
    }

    private string Pick(string kind, int number = 0, BaseRepository? from = null)
    {
        BaseRepository source = from ?? repository;
        return Places.Of(source.Store, source.Deleted)
            .Where(group => group.Key.Split(':')[0] == kind)
            .SelectMany(group => group)
            .Select(place => place.Object)
            .Distinct()
            .ElementAt(number);
    }

    private Task<IReadOnlyList<BackupIntegrity>> VerifyAsync(InMemoryObjectStore store) => repository.Client(store).VerifyAsync(repository.Owner);
}
