using DataResilience.Testing.Databases;

namespace DataResilience.Integration.Tests.Crashes;

/// <summary>A small database in two states, and the demands on its backups after a crash.</summary>
internal sealed class Shop
{
    internal const string Name = "shop";

    internal static MemoryDatabase Old { get; } = new MemoryDatabase()
        .With("customers", MemoryDatabase.Rows(1_000, seed: 1))
        .With("orders", MemoryDatabase.Rows(3_000, seed: 2))
        .With("nothing", []);

    internal static MemoryDatabase New { get; } = Old.Copy()
        .With("orders", MemoryDatabase.Rows(3_000, seed: 2).Concat(MemoryDatabase.Rows(3_000, seed: 3)));

    private readonly Dictionary<string, MemoryDatabase> known = new(StringComparer.Ordinal);

    private Shop(SimulatedWorld world) => World = world;

    /// <summary>The world before the crash.</summary>
    internal SimulatedWorld World { get; }

    /// <summary>The backups that were there before.</summary>
    internal IEnumerable<string> Before => known.Keys;

    /// <summary>A world with a repository and a number of backups of the old state; from then on the source has the new state.</summary>
    internal static async Task<Shop> OpenAsync(int backups = 1)
    {
        var world = new SimulatedWorld();
        var shop = new Shop(world);
        world.Sources[Name] = Old;
        SimulatedProcess process = world.Start();
        await process.NewRepositoryAsync();
        for (int i = 0; i < backups; i++)
        {
            shop.known[(await process.BackupAsync(Name)).BackupId] = Old;
        }

        world.Sources[Name] = New;
        return shop;
    }

    /// <summary>Every backup from before is listed, and whatever is listed restores equal.</summary>
    /// <param name="process">A new process.</param>
    /// <param name="gone">A backup that may be gone.</param>
    internal async Task<IReadOnlyList<Backup>> RequireRestorableAsync(SimulatedProcess process, string? gone = null)
    {
        IReadOnlyList<Backup> listed = await process.ListAsync();
        Assert.Empty(known.Keys.Where(id => id != gone).Except(listed.Select(backup => backup.BackupId)));
        foreach (Backup backup in listed)
        {
            Assert.Equal(BackupStatus.Complete, backup.Status);
            RequireEqual(known.GetValueOrDefault(backup.BackupId, New), await process.RestoreAsync(backup.BackupId));
        }

        return listed;
    }

    /// <summary>The next run succeeds, does not wait, and what it stored restores equal.</summary>
    internal static async Task<Backup> RequireNextRunAsync(SimulatedProcess process)
    {
        Backup next = await process.BackupAsync(Name);
        RequireEqual(New, await process.RestoreAsync(next.BackupId));
        return next;
    }

    /// <summary>Nothing is wrong that another copy does not make up for.</summary>
    internal static async Task RequireSoundAsync(SimulatedProcess process)
    {
        IReadOnlyList<BackupIntegrity> checks = await process.VerifyAsync();
        Assert.Empty(checks.SelectMany(check => check.Problems).Where(problem => !problem.Recoverable).Select(problem => $"{problem}: {problem.Actual}"));
    }

    private static void RequireEqual(MemoryDatabase expected, MemoryDatabase restored)
    {
        Assert.Equal(expected.Tables.Keys, restored.Tables.Keys);
        Assert.All(expected.Tables, table => Assert.True(table.Value.SequenceEqual(restored.Tables[table.Key]), $"the rows of {table.Key}"));
    }
}
