using System.Collections.Concurrent;
using DataResilience.Engine.Repository;
using DataResilience.Providers;
using DataResilience.Testing.Databases;

namespace DataResilience.Engine.Tests.Backup;

/// <summary>Ranges of a table are read side by side; what is stored does not show it.</summary>
public sealed class ParallelRangesTests
{
    private const int RowsInRange = 50;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task As_many_ranges_of_one_table_are_read_at_once_as_there_are_readers_and_no_more()
    {
        using RangeScene scene = await RangeScene.OpenAsync(OneTable(ranges: 20), RowsInRange, readers: 4);
        scene.Databases.OnRange = (_, _, token) => scene.Databases.Reads.ReachAsync(4, token);

        DataResilience.Backup backup = await scene.BackUpAsync();

        Assert.Equal(4, scene.Databases.Reads.Most);
        Assert.Equal(20 * RowsInRange, backup.Rows);
    }

    [Fact]
    public async Task Readers_are_shared_by_tables_and_ranges()
    {
        MemoryDatabase database = OneTable(ranges: 9).With("b", Rows(1, 2)).With("c", Rows(1, 3)).With("d", Rows(5, 4));
        using RangeScene scene = await RangeScene.OpenAsync(database, RowsInRange, readers: 3);
        scene.Databases.OnRange = (_, _, token) => scene.Databases.Reads.ReachAsync(3, token);

        await scene.RestoreAsync(await scene.BackUpAsync(), "target");

        Assert.Equal(3, scene.Databases.Reads.Most);
        scene.AssertEqual("target");
    }

    [Fact]
    public async Task A_single_reader_reads_range_after_range_and_table_after_table()
    {
        using RangeScene scene = await RangeScene.OpenAsync(OneTable(ranges: 4).With("second", Rows(3, 5)), RowsInRange, readers: 1);
        var order = new ConcurrentQueue<string>();
        scene.Databases.OnRange = (table, range, _) =>
        {
            order.Enqueue($"{table} {range.Ordinal}");
            return Task.CompletedTask;
        };

        await scene.BackUpAsync();

        Assert.Equal(1, scene.Databases.Reads.Most);
        Assert.Equal(["rows 0", "rows 1", "rows 2", "rows 3", "second 0", "second 1", "second 2"], order);
    }

    [Fact]
    public async Task Ranges_that_end_early_stand_in_their_order_all_the_same()
    {
        using RangeScene scene = await RangeScene.OpenAsync(OneTable(ranges: 6), RowsInRange, readers: 2);
        string[] inOrder = await scene.TablesOfAsync(await scene.BackUpAsync());
        var lastBegun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scene.Databases.OnRange = (_, range, token) =>
        {
            if (range.Ordinal == 5)
            {
                lastBegun.SetResult();
            }

            return range.Ordinal == 0 ? lastBegun.Task.WaitAsync(token) : Task.CompletedTask;
        };

        DataResilience.Backup backup = await scene.BackUpAsync();

        Assert.Equal(inOrder, await scene.TablesOfAsync(backup));
        BackupContents contents = await scene.ReadAsync(backup);
        TableDocument document = await contents.ReadTableAsync(contents.Manifest.Tables[0], Token);
        Assert.Equal([null, "50", "100", "150", "200", "250"], document.Ranges.Select(range => range.From));
        Assert.All(document.Ranges, range => Assert.Equal(1, range.Chunks));
    }

    [Fact]
    public async Task With_the_first_range_held_back_the_others_go_on_as_far_as_they_may_and_it_ends_well()
    {
        using RangeScene scene = await RangeScene.OpenAsync(OneTable(ranges: 60), RowsInRange, readers: 3);
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scene.Databases.OnRange = (_, range, token) =>
        {
            if (range.Ordinal == 3 * Engine.Backup.RangePlaces.RangesAheadPerReader - 1)
            {
                enough.SetResult();
            }

            return range.Ordinal == 0 ? enough.Task.WaitAsync(token) : Task.CompletedTask;
        };

        DataResilience.Backup backup = await scene.BackUpAsync(workers: 1);

        Assert.Equal(60 * RowsInRange, backup.Rows);
    }

    [Fact]
    public async Task A_range_that_fails_ends_the_others_and_its_failure_is_told()
    {
        using RangeScene scene = await RangeScene.OpenAsync(OneTable(ranges: 8).With("second", Rows(8, 5)), RowsInRange, readers: 4);
        int begun = 0;
        scene.Databases.OnRange = async (table, range, token) =>
        {
            Interlocked.Increment(ref begun);
            await scene.Databases.Reads.ReachAsync(4, token);
            if (table == "rows" && range.Ordinal == 2)
            {
                throw Errors.SourceNotFound.Create("the server");
            }

            await Task.Delay(Timeout.Infinite, token);
        };

        DataResilienceException failure = await Assert.ThrowsAsync<DataResilienceException>(() => scene.BackUpAsync());

        Assert.Equal(Errors.SourceNotFound.Code, failure.ErrorCode);
        Assert.InRange(begun, 4, 15);
        Assert.Equal(0, scene.Databases.Reads.Now);
        Assert.DoesNotContain(scene.Store.Names, name => name.StartsWith("backups/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cancelling_ends_every_range()
    {
        using RangeScene scene = await RangeScene.OpenAsync(OneTable(ranges: 8), RowsInRange, readers: 4);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        scene.Databases.OnRange = async (_, _, token) =>
        {
            await scene.Databases.Reads.ReachAsync(4, token);
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.BackUpAsync(cancellationToken: cancel.Token));

        Assert.Equal((0, 4), (scene.Databases.Reads.Now, scene.Databases.Reads.Most));
    }

    [Fact]
    public async Task Many_small_tables_share_packs()
    {
        var database = new MemoryDatabase();
        for (int i = 0; i < 500; i++)
        {
            database.With($"table{i}", i % 2 == 0 ? [] : [$"row {i}"]);
        }

        using RangeScene scene = await RangeScene.OpenAsync(database, RowsInRange, readers: 4);

        DataResilience.Backup backup = await scene.BackUpAsync();

        Assert.Equal(500, backup.Tables);
        Assert.Equal(2, scene.Store.Names.Count(name => name.StartsWith("packs/", StringComparison.Ordinal)));
    }

    private static MemoryDatabase OneTable(int ranges) => new MemoryDatabase().With("rows", Rows(ranges, 1));

    private static IEnumerable<string> Rows(int ranges, int seed) => MemoryDatabase.Rows(ranges * RowsInRange, seed);
}
