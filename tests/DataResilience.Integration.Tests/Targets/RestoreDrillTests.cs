using DataResilience.Integration.Tests.Selection;

namespace DataResilience.Integration.Tests.Targets;

/// <summary>A backup is restored to an explicit place, compared, and dropped.</summary>
public sealed class RestoreDrillTests
{
    [Fact]
    public async Task A_drill_proves_a_good_backup_and_leaves_nothing_at_the_target()
    {
        using Shop shop = await Shop.OpenAsync();
        Backup backup = await shop.BackUpAsync();
        IReadOnlyList<string> before = Files(shop);

        BackupIntegrity drill = await DrillAsync(shop, backup);

        Assert.True(drill.IsValid, string.Join("; ", drill.Problems));
        Assert.Equal(IntegrityLevel.Restore, drill.Level);
        Assert.Equal(drill.ChunksTotal, drill.ChunksChecked);
        Assert.Equal(before, Files(shop));
    }

    [Fact]
    public async Task A_backup_that_passed_a_drill_says_when()
    {
        using Shop shop = await Shop.OpenAsync();
        Backup backup = await shop.BackUpAsync();
        Assert.Null(backup.VerifiedOn);

        await DrillAsync(shop, backup);

        Backup listed = Assert.Single(await shop.Workspace.RunAsync(new GetDatabaseBackupRequest { Repository = shop.Workspace.Repository }));
        Assert.NotNull(listed.VerifiedOn);
    }

    [Fact]
    public async Task A_damaged_backup_is_a_finding_and_not_an_error()
    {
        using Shop shop = await Shop.OpenAsync();
        Backup backup = await shop.BackUpAsync();
        Damage(shop);
        IReadOnlyList<string> before = Files(shop);

        BackupIntegrity drill = await DrillAsync(shop, backup);

        Assert.False(drill.IsValid);
        Assert.NotEmpty(drill.Problems);
        Assert.All(drill.Problems, problem => Assert.NotEmpty(problem.Actual));
        Assert.Equal(before, Files(shop));
    }

    private static IReadOnlyList<string> Files(Shop shop) => FileTree.Read(shop.Workspace.PathOf(""), "repository/verifications/", "state/");

    private static async Task<BackupIntegrity> DrillAsync(Shop shop, Backup backup) => Assert.Single(await shop.Workspace.RunAsync(new TestBackupIntegrityRequest
    {
        Repository = shop.Workspace.Repository,
        Backup = new BackupReference(backup.BackupId),
        Level = IntegrityLevel.Restore,
        Target = shop.Workspace.Sqlite("drill.db"),
    }));

    /// <summary>Garbage in the middle of every pack, where the chunks are.</summary>
    private static void Damage(Shop shop)
    {
        foreach (string pack in Directory.EnumerateFiles(Path.Combine(shop.Workspace.RepositoryPath, "packs"), "*", SearchOption.AllDirectories))
        {
            byte[] bytes = File.ReadAllBytes(pack);
            bytes.AsSpan(bytes.Length / 4, bytes.Length / 8).Fill(0x5a);
            File.WriteAllBytes(pack, bytes);
        }
    }
}
