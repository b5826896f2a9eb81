using System.Collections.Concurrent;
using DataResilience.Engine.Chunking;
using DataResilience.Engine.Repository;
using DataResilience.Engine.Restore;
using DataResilience.Engine.Tests.Backup;
using DataResilience.Testing.Databases;

namespace DataResilience.Engine.Tests.Restore;

/// <summary>The rows of a large table go through several loaders, and are proved by several readers.</summary>
public sealed class ParallelLoadTests
{
    private const int RowBytes = 100_000;
    private const int RowsInRange = 20;

    /// <summary>With ranges of 2 MB it takes five of them to make a part.</summary>
    private const int RangesInPart = 5;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task As_many_parts_of_one_table_are_loaded_at_once_as_the_target_takes_and_no_more()
    {
        using RangeScene scene = await RangeScene.OpenAsync(Large(ranges: 16), RowsInRange, loaders: 3);
        scene.Databases.OnLoad = (_, token) => scene.Databases.Loads.ReachAsync(3, token);

        RestoreResult result = await scene.RestoreAsync(await scene.BackUpAsync(), "target");

        Assert.Equal(3, scene.Databases.Loads.Most);
        Assert.Equal(4, scene.Databases.LoadsBegun);
        Assert.Equal((16 * RowsInRange, true), (result.Rows, result.IsVerified));
        scene.AssertEqual("target");
    }

    [Fact]
    public async Task A_single_worker_feeds_several_loaders()
    {
        using RangeScene scene = await RangeScene.OpenAsync(Large(ranges: 16), RowsInRange, loaders: 3);
        scene.Databases.OnLoad = (_, token) => scene.Databases.Loads.ReachAsync(3, token);

        await scene.RestoreAsync(await scene.BackUpAsync(), "target", workers: 1);

        scene.AssertEqual("target");
    }

    [Fact]
    public async Task A_small_table_is_one_load_whatever_its_ranges()
    {
        MemoryDatabase database = new MemoryDatabase().With("a", MemoryDatabase.Rows(1_000, 1)).With("b", []).With("c", MemoryDatabase.Rows(10, 2));
        using RangeScene scene = await RangeScene.OpenAsync(database, RowsInRange, loaders: 3);

        await scene.RestoreAsync(await scene.BackUpAsync(), "target");

        Assert.Equal(3, scene.Databases.LoadsBegun);
        scene.AssertEqual("target");
    }

    [Fact]
    public async Task A_single_loader_loads_table_after_table_each_at_once_and_in_order()
    {
        using RangeScene scene = await RangeScene.OpenAsync(Large(ranges: 8).With("z", MemoryDatabase.Rows(10, 2)), RowsInRange, loaders: 1);
        var order = new ConcurrentQueue<string>();
        scene.Databases.OnLoad = (table, _) =>
        {
            order.Enqueue(table);
            return Task.CompletedTask;
        };

        await scene.RestoreAsync(await scene.BackUpAsync(), "target");

        Assert.Equal(["large", "z"], order);
        Assert.Equal(scene.Databases[RangeScene.Source].Tables["large"], scene.Databases["target"].Tables["large"]);
    }

    [Fact]
    public async Task Parts_are_whole_ranges_and_together_the_table()
    {
        using RangeScene scene = await RangeScene.OpenAsync(Large(ranges: 16), RowsInRange);
        BackupContents contents = await scene.ReadAsync(await scene.BackUpAsync());
        ManifestTable table = contents.Manifest.Tables[0];
        TableDocument document = await contents.ReadTableAsync(table, Token);

        IReadOnlyList<TablePart> parts = await TableParts.CutAsync(contents, new ChosenTable(table, document), 8, Token);

        List<ChunkListEntry[]> listed = [];
        foreach (TablePart part in parts)
        {
            listed.Add(await contents.ListChunksAsync(table, part.Span, Token).ToArrayAsync(Token));
        }

        Assert.Equal([RangesInPart, RangesInPart, RangesInPart, 1], listed.Select(part => part.Sum(entry => entry.Rows) / RowsInRange));
        Assert.Equal(await contents.ListChunksAsync(table, Token).ToArrayAsync(Token), listed.SelectMany(part => part));
    }

    [Fact]
    public async Task A_load_that_fails_ends_the_others_and_its_failure_is_told()
    {
        using RangeScene scene = await RangeScene.OpenAsync(Large(ranges: 16), RowsInRange, loaders: 3);
        DataResilience.Backup backup = await scene.BackUpAsync();
        int loads = 0;
        scene.Databases.OnLoad = async (_, token) =>
        {
            bool fails = Interlocked.Increment(ref loads) == 2;
            await scene.Databases.Loads.ReachAsync(3, token);
            if (fails)
            {
                throw Errors.SourceNotFound.Create("the server");
            }

            await Task.Delay(Timeout.Infinite, token);
        };

        DataResilienceException failure = await Assert.ThrowsAsync<DataResilienceException>(() => scene.RestoreAsync(backup, "target"));

        Assert.Equal(Errors.SourceNotFound.Code, failure.ErrorCode);
        Assert.False(scene.Databases.Contains("target"));
    }

    [Fact]
    public async Task Rows_that_a_part_loses_on_the_way_are_noticed()
    {
        using RangeScene scene = await RangeScene.OpenAsync(Large(ranges: 16), RowsInRange, loaders: 3);
        DataResilience.Backup backup = await scene.BackUpAsync();
        scene.Databases.LosesARow = true;

        DataResilienceException failure = await Assert.ThrowsAsync<DataResilienceException>(() => scene.RestoreAsync(backup, "target"));

        Assert.Equal(Errors.RestoreMismatch.Code, failure.ErrorCode);
    }

    [Fact]
    public async Task The_proof_reads_ranges_and_tables_with_all_readers()
    {
        MemoryDatabase database = new MemoryDatabase().With("a", MemoryDatabase.Rows(200, 1)).With("b", MemoryDatabase.Rows(10, 2));
        using RangeScene scene = await RangeScene.OpenAsync(database, RowsInRange, readers: 4);
        scene.Databases.OnProofRange = (_, _, token) => scene.Databases.ProofReads.ReachAsync(4, token);

        RestoreResult result = await scene.RestoreAsync(await scene.BackUpAsync(), "target");

        Assert.True(result.IsVerified);
        Assert.Equal(4, scene.Databases.ProofReads.Most);
    }

    [Fact]
    public async Task Rows_that_are_added_to_rows_are_proved_as_a_sum()
    {
        using RangeScene scene = await RangeScene.OpenAsync(Large(ranges: 16), RowsInRange, readers: 3, loaders: 3);
        DataResilience.Backup backup = await scene.BackUpAsync();
        scene.Databases["target"] = new MemoryDatabase().With("large", MemoryDatabase.Rows(100, 9));

        RestoreResult result = await scene.RestoreAsync(new RestoreDatabaseRequest
        {
            Backup = new BackupReference(backup.BackupId),
            Target = MemoryDatabaseProvider.Endpoint("target"),
            DataOnly = true,
        });

        Assert.True(result.IsVerified);
        Assert.Equal((16 * RowsInRange) + 100, scene.Databases["target"].Tables["large"].Count);
    }

    private static MemoryDatabase Large(int ranges) =>
        new MemoryDatabase().With("large", Enumerable.Range(0, ranges * RowsInRange).Select(i => $"{i}|{new string((char)('a' + (i % 26)), RowBytes)}"));
}
