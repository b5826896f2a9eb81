using DataResilience.Providers;
using DataResilience.Testing.Databases.Conformance;
using DataResilience.Testing.Servers;

namespace DataResilience.MySql.Tests.Restore;

[Trait("Category", "Server")]
[Collection("Restores")]
public sealed class LoadTests
{
    public static TheoryData<string> Servers => MySqlServer.Versions;

    // MariaDB gives an empty table to the first load of it alone, so the others must wait, however long that one takes.
    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Several_loads_of_one_table_run_at_once_although_one_waits_for_its_rows(string server)
    {
        await using var scene = new RestoreScene(MySqlServer.Named(server));
        (Transfer first, MySqlTestDatabase target, TargetOptions options) = await SourceAsync(scene, 0);
        (Transfer second, _, _) = await SourceAsync(scene, 1000);
        (Transfer third, _, _) = await SourceAsync(scene, 2000);
        var begun = new TaskCompletionSource();
        var othersSent = new TaskCompletionSource();

        await using IRestoreTarget restore = await scene.OpenAsync(target, options);
        await Transfer.CreateAsync(restore, options, SchemaPhase.PreData, RestoreScene.Token);
        Task<long> slow = restore.LoadRowsAsync(options.Tables[0], SlowAsync(first, begun, othersSent.Task), RestoreScene.Token);
        await begun.Task.WaitAsync(RestoreScene.Token);
        Task<long> other = restore.LoadRowsAsync(options.Tables[0], second.Rows("t"), RestoreScene.Token);
        Task<long> last = restore.LoadRowsAsync(options.Tables[0], ThenAsync(third, othersSent), RestoreScene.Token);

        long[] loaded = await Task.WhenAll(slow, other, last);
        Assert.All(loaded, rows => Assert.Equal(500, rows));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_row_larger_than_the_server_takes_is_told_with_its_table(string server)
    {
        await using var scene = new RestoreScene(MySqlServer.Named(server));
        MySqlTestDatabase source = await scene.MakeAsync("CREATE TABLE t (id int PRIMARY KEY, b longblob)", "INSERT INTO t VALUES (1, 'x')");
        Transfer stored = await RestoreScene.ReadAsync(source);
        TargetOptions options = stored.Options();
        MySqlTestDatabase target = scene.Name();
        await using (IRestoreTarget restore = await scene.OpenAsync(target, options))
        {
            await Transfer.CreateAsync(restore, options, SchemaPhase.PreData, RestoreScene.Token);

            DataResilienceException failure = await Expect.ErrorAsync(
                Errors.PacketTooLarge, () => restore.LoadRowsAsync(options.Tables[0], HugeRow(), RestoreScene.Token));

            Assert.Contains("the table 't'", failure.Message, StringComparison.Ordinal);
        }

        await RestoreScene.AssertNothingLeftAsync(target);
    }

    private static async Task<(Transfer Stored, MySqlTestDatabase Target, TargetOptions Options)> SourceAsync(RestoreScene scene, int from)
    {
        string rows = string.Join(", ", Enumerable.Range(from, 500).Select(id => $"({id}, 'row {id}')"));
        MySqlTestDatabase source = await scene.MakeAsync("CREATE TABLE t (id int PRIMARY KEY, a varchar(20), UNIQUE KEY a (a))", $"INSERT INTO t VALUES {rows}");
        Transfer stored = await RestoreScene.ReadAsync(source);
        return (stored, scene.Name(), stored.Options());
    }

    private static async IAsyncEnumerable<RowBlock> SlowAsync(Transfer stored, TaskCompletionSource begun, Task until)
    {
        await foreach (RowBlock block in stored.Rows("t"))
        {
            yield return block;
        }

        begun.TrySetResult();
        await until.WaitAsync(RestoreScene.Token);
    }

    private static async IAsyncEnumerable<RowBlock> ThenAsync(Transfer stored, TaskCompletionSource sent)
    {
        sent.TrySetResult();
        await foreach (RowBlock block in stored.Rows("t"))
        {
            yield return block;
        }
    }

    /// <summary>One row of 65 MB and more, beyond the limit of all servers of the tests.</summary>
    private static async IAsyncEnumerable<RowBlock> HugeRow()
    {
        await Task.Yield();
        for (int i = 0; i < 70; i++)
        {
            byte[] bytes = System.Buffers.ArrayPool<byte>.Shared.Rent(RowBlock.MaxBytes);
            bytes.AsSpan(0, RowBlock.MaxBytes).Fill((byte)'x');
            if (i == 0)
            {
                "1\t"u8.CopyTo(bytes);
            }

            bool isLast = i == 69;
            int[] ends = System.Buffers.ArrayPool<int>.Shared.Rent(1);
            ends[0] = RowBlock.MaxBytes;
            bytes[RowBlock.MaxBytes - 1] = isLast ? (byte)'\n' : (byte)'x';
            yield return new RowBlock(bytes, RowBlock.MaxBytes, ends, isLast ? 1 : 0);
        }
    }
}
