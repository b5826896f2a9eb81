using DataResilience.Testing.Databases;

namespace DataResilience.Engine.Tests.Backup;

/// <summary>Whatever the number of ranges, readers, loaders and workers, and whatever ends first: the same backup, the same rows.</summary>
public sealed class RangesPropertyTests
{
    private const int Runs = 12;

    [Fact]
    public async Task A_backup_does_not_depend_on_timing_and_a_restore_gives_the_rows_back()
    {
        int first = Random.Shared.Next();
        for (int seed = first; seed != first + Runs; seed++)
        {
            try
            {
                await CheckAsync(seed);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                throw new InvalidOperationException($"Seed {seed} fails: {failure.Message}", failure);
            }
        }
    }

    private static async Task CheckAsync(int seed)
    {
        var random = new Random(seed);
        var database = new MemoryDatabase();
        for (int table = random.Next(1, 5); table > 0; table--)
        {
            database.With($"table{table}", Rows(random));
        }

        using RangeScene scene = await RangeScene.OpenAsync(database, random.Next(1, 60));
        string[] expected = await BackUpAsync(scene, random, readers: 1, workers: 1);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(expected, await BackUpAsync(scene, random, random.Next(1, 6), random.Next(1, 5)));
        }

        scene.Databases.Loaders = random.Next(1, 5);
        await scene.RestoreAsync(await scene.BackUpAsync(), "target", random.Next(1, 5));
        scene.AssertEqual("target");
    }

    private static async Task<string[]> BackUpAsync(RangeScene scene, Random random, int readers, int workers)
    {
        int delays = random.Next();
        scene.Databases.Readers = readers;
        scene.Databases.OnRange = async (table, range, _) =>
        {
            for (int turns = new Random(delays ^ range.Ordinal ^ table[^1]).Next(40); turns > 0; turns--)
            {
                await Task.Yield();
            }
        };
        return await scene.TablesOfAsync(await scene.BackUpAsync(workers));
    }

    private static IEnumerable<string> Rows(Random random)
    {
        int rows = random.Next(200);
        for (int i = 0; i < rows; i++)
        {
            yield return $"{i}|{new string((char)('a' + random.Next(26)), random.Next(100) == 0 ? random.Next(600_000) : random.Next(2_000))}";
        }
    }
}
