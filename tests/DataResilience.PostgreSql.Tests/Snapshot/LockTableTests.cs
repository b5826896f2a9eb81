using DataResilience.Testing.Servers;
using Npgsql;

namespace DataResilience.PostgreSql.Tests.Snapshot;

[Trait("Category", "Server")]
[Collection(SmallServer)]
public class LockTableTests
{
    /// <summary>Tests that take from one server what others need: never two at once.</summary>
    internal const string SmallServer = "The small server";

    [Fact]
    public async Task A_full_table_of_locks_is_told_from_a_lack_of_memory()
    {
        await using TestDatabase database = await PostgreSqlServer.Small.CreateDatabaseAsync();
        await database.ExecuteAsync("DO $$ BEGIN FOR i IN 1..400 LOOP EXECUTE format('CREATE TABLE t%s (n int)', i); END LOOP; END $$");
        await using NpgsqlConnection other = await database.OpenConnectionAsync();
        // Advisory locks are in the same place as those of tables: until there is no more, then a few are given back.
        await ExecuteAsync(
            other,
            "DO $$ DECLARE n bigint := 0; BEGIN LOOP n := n + 1; PERFORM pg_advisory_lock(4711, n::int); END LOOP; " +
            "EXCEPTION WHEN out_of_memory THEN FOR i IN 1..300 LOOP PERFORM pg_advisory_unlock(4711, i); END LOOP; END $$");
        try
        {
            await Expect.ErrorAsync(Errors.LocksExhausted, () => database.OpenSnapshotAsync());
        }
        finally
        {
            await ExecuteAsync(other, "SELECT pg_advisory_unlock_all()");
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
