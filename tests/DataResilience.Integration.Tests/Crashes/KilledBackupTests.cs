using System.Globalization;

namespace DataResilience.Integration.Tests.Crashes;

/// <summary>Processes that are really killed while they back up and verify, at steps that a seed draws.</summary>
[Trait("Category", "Slow")]
public sealed class KilledBackupTests
{
    private const int Seed = 20261123;
    private const int Kills = 200;
    private const int MostUnkilled = 20;
    private const double LeastReuse = 0.9;

    private const int RestoreOlderEvery = 10;
    private const int RestoreEvery = 25;
    private const int RestoreListedEvery = 8;

    private readonly ReuseRatios reuse = new();
    private int checksums;
    private int restores;
    private int largeRestores;
    private int listedNew;
    private int unkilled;

    [Fact]
    public async Task A_backup_that_is_killed_at_any_step_leaves_whole_backups_and_its_packs_for_the_next_run()
    {
        using var site = new KillSite(Seed);
        await site.FoundAsync();
        long before = site.PackBytes();
        site.Renew();
        CrashHostProcess whole = await site.RunProcessAsync();
        Assert.False(whole.WasKilled);
        long fromNothing = site.PackBytes() - before;
        var plan = new KillPlan(whole.Steps, Seed);

        while (plan.Hits < Kills)
        {
            await KillAsync(site, plan, before, fromNothing);
            Assert.True(unkilled <= MostUnkilled, "Too many processes came to their end.");
        }

        Report(plan, whole, fromNothing);
        Assert.Empty(plan.Missed);
        Assert.True(reuse.Least >= LeastReuse, $"{reuse}");
    }

    private async Task KillAsync(KillSite site, KillPlan plan, long before, long fromNothing)
    {
        (string sort, int place) = plan.Next();
        site.Renew();
        CrashHostProcess killed = await site.RunProcessAsync(sort, place);
        if (!killed.WasKilled)
        {
            unkilled++; // It took fewer steps of this sort than the run that was counted.
            return;
        }

        Assert.Equal([sort], killed.Steps);
        plan.Hit(sort);
        string where = $"killed before the {place}. {sort}";
        await RequireWholeBackupsAsync(site, killed, restoresOlder: plan.Hits % RestoreOlderEvery == 0, where);
        long durable = site.PackBytes() - before;
        await RequireSoundAsync(site, where);
        Backup next = await site.BackupLargeAsync();
        long created = site.PackBytes() - before - durable;
        reuse.Add(durable, fromNothing - created);
        Assert.Equal(next.BackupId, (await site.ListAsync())[^1].BackupId);
        await RequireSoundAsync(site, where);
        if (plan.Hits % RestoreEvery == 0)
        {
            (restores, largeRestores) = (restores + 1, largeRestores + 1);
            Assert.True(await site.RestoresEqualAsync(next.BackupId), sort);
        }
    }

    private async Task RequireWholeBackupsAsync(KillSite site, CrashHostProcess killed, bool restoresOlder, string where)
    {
        IReadOnlyList<Backup> listed = await site.ListAsync();
        Assert.All(listed, backup => Assert.Equal(BackupStatus.Complete, backup.Status));
        Assert.Equal(site.Older, listed[0].BackupId);
        Assert.True(killed.Stored is null || listed.Any(backup => backup.BackupId == killed.Stored), where);
        if (restoresOlder)
        {
            restores++;
            Assert.True(await site.RestoresEqualAsync(site.Older), where);
        }

        foreach (Backup found in listed.Skip(1))
        {
            if (listedNew++ % RestoreListedEvery == 0)
            {
                (restores, largeRestores) = (restores + 1, largeRestores + 1);
                Assert.True(await site.RestoresEqualAsync(found.BackupId), where);
            }
        }
    }

    /// <summary>Every sealed byte of every backup is read and every chunk opened; after the next run that is also what the killed one left.</summary>
    private async Task RequireSoundAsync(KillSite site, string where)
    {
        checksums++;
        IEnumerable<string> findings = await site.VerifyAsync(IntegrityLevel.Checksum);
        Assert.True(!findings.Any(), $"{where}: {string.Join('\n', findings)}");
    }

    private void Report(KillPlan plan, CrashHostProcess whole, long fromNothing) => TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"""
        Seed {Seed}: {plan.Hits} processes killed, {unkilled} more came to their end first; a whole run takes {whole.Steps.Count} steps and stores {fromNothing:N0} bytes of packs.
        Kills by step and phase ("-": does not occur):
        {plan}
        After each kill: the backups listed ({listedNew} times the new one too, whole), the next run taken at once and listed, and before and after
        it every byte of all backups read and every chunk opened ({checksums} verifications by checksum). After every {RestoreOlderEvery}th the older
        backup restored. {restores} restores, {largeRestores} of them of the large database, were compared value by value.
        {reuse}
        """));
}
