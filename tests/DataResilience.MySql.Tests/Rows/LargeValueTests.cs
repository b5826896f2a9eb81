using DataResilience.MySql.Tests.Snapshot;
using DataResilience.Providers;
using DataResilience.Testing.Servers;

namespace DataResilience.MySql.Tests.Rows;

[Trait("Category", "Server")]
public class LargeValueTests
{
    [Fact]
    public async Task A_value_larger_than_a_packet_is_refused_and_never_read_as_null()
    {
        MySqlServer server = MySqlServer.MariaDbNewer.Require();
        await using MySqlTestDatabase database = await server.CreateDatabaseAsync("large_value");
        await database.ExecuteAsync("CREATE TABLE t (id int PRIMARY KEY, a longtext)");
        long before = await server.ScalarAsync<long>("SELECT CAST(@@GLOBAL.max_allowed_packet AS SIGNED)");
        try
        {
            // What is lowered again must not be found at its size by other tests: it is only ever raised above what the server began with.
            await server.ExecuteAsync($"SET GLOBAL max_allowed_packet = {before * 4}");
            await database.ExecuteAsync($"INSERT INTO t VALUES (1, REPEAT('x', {before * 2}))");
        }
        finally
        {
            await server.ExecuteAsync($"SET GLOBAL max_allowed_packet = {before}");
        }

        TableSchema table = await database.TableAsync("t");
        await using ISourceSnapshot snapshot = await database.OpenSnapshotAsync();

        var failure = await Assert.ThrowsAsync<DataResilienceException>(() => snapshot.ReadTextAsync(table));

        Assert.Equal(Errors.PacketTooLarge.Code, failure.ErrorCode);
        Assert.Contains("'t'", failure.Message, StringComparison.Ordinal);
    }
}
