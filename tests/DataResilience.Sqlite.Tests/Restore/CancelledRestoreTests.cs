using DataResilience.Providers;

namespace DataResilience.Sqlite.Tests;

public sealed class CancelledRestoreTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_restore_that_is_cancelled_while_rows_flow_leaves_the_target_as_it_was(bool isLive)
    {
        string source = folder.Make("source.db", "CREATE TABLE t(a)", "INSERT INTO t VALUES(1)");
        StoredDatabase stored = await StoredDatabase.ReadAsync(source, RoundTrip.Token);
        if (isLive)
        {
            folder.Make("target.db", "CREATE TABLE mine(a)");
        }

        string[] before = folder.Files;
        using var cancel = new CancellationTokenSource();
        await using (IRestoreTarget target = await new RoundTrip { Tables = isLive ? ["t"] : null }.OpenAsync(stored, folder["target.db"]))
        {
            await target.CreateObjectsAsync(stored.Schema.Objects, RoundTrip.Token);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => target.LoadRowsAsync(stored.Schema.Tables[0], EndlessRows(stored, cancel), cancel.Token));
        }

        Assert.Equal(before, folder.Files);
        if (isLive)
        {
            Assert.Equal("mine", Assert.Single((await StoredDatabase.ReadAsync(folder["target.db"], RoundTrip.Token)).Schema.Tables).Name);
        }
    }

    [Fact]
    public async Task A_restore_that_was_cancelled_is_not_committed()
    {
        StoredDatabase stored = await StoredDatabase.ReadAsync(folder.Make("source.db", "CREATE TABLE t(a)"), RoundTrip.Token);
        await using (IRestoreTarget target = await new RoundTrip().OpenAsync(stored, folder["target.db"]))
        {
            await new RoundTrip().FillAsync(stored, target);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => target.CommitAsync(new CancellationToken(canceled: true)));
        }

        Assert.Equal(["source.db"], folder.Files);
    }

    [Fact]
    public async Task A_target_is_described_before_anything_is_done()
    {
        string source = folder.Make("source.db", "CREATE TABLE t(a)", "CREATE VIEW v AS SELECT 1");
        var provider = new SqliteProvider();

        TargetState present = await provider.InspectTargetAsync(StoredDatabase.At(source), RoundTrip.NothingChosen, RoundTrip.Token);
        TargetState absent = await provider.InspectTargetAsync(StoredDatabase.At(folder["none/x.db"]), RoundTrip.NothingChosen, RoundTrip.Token);

        Assert.True(present is { Exists: true, PlaceExists: true, Tables: ["t"], FreeSpace: > 0 });
        Assert.True(absent is { Exists: false, PlaceExists: false, Tables: [], FreeSpace: null });
    }

    private static async IAsyncEnumerable<RowBlock> EndlessRows(StoredDatabase stored, CancellationTokenSource cancel)
    {
        for (int round = 0; ; round++)
        {
            await foreach (RowBlock block in stored.BlocksOf("t"))
            {
                yield return block;
            }

            if (round == 0)
            {
                await cancel.CancelAsync();
            }
        }
    }
}
