using DataResilience.Providers;
using DataResilience.Testing.Databases.Conformance;
using Microsoft.Data.Sqlite;

namespace DataResilience.Sqlite.Tests;

public sealed class RangePlannerTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Ranges_are_aligned_and_only_where_rows_are()
    {
        Assert.Equal(
            [("-262144", "0"), ("0", "262144"), ("786432", "1048576"), ("4611686018427387904", "4611686018427650048"), ("9223372036854513664", null)],
            await PlanAsync("-1", "0", "262143", "1000000", "4611686018427387904", "9223372036854775807"));
        Assert.Equal([("-9223372036854775808", "-9223372036854513664")], await PlanAsync("-9223372036854775808"));
    }

    [Fact]
    public async Task An_empty_table_has_no_range() => Assert.Empty(await PlanAsync());

    [Fact]
    public async Task What_is_added_elsewhere_leaves_a_range_as_it_was()
    {
        List<(string?, string?)> before = await PlanAsync("1", "300000");
        List<(string?, string?)> after = await PlanAsync("1", "300000", "300001", "900000");

        Assert.Equal(before, after.Take(2));
    }

    [Fact]
    public async Task Sparse_rowids_widen_the_ranges_instead_of_multiplying_them()
    {
        folder.Make(
            "sparse.db",
            "CREATE TABLE t(a INTEGER PRIMARY KEY)",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) INSERT INTO t SELECT i * 4611686018427 FROM n");
        await using ISourceSnapshot snapshot = await new SqliteProvider().OpenSnapshotAsync(
            StoredDatabase.At(folder["sparse.db"]), StoredDatabase.Options, RoundTrip.Token);
        TableSchema table = (await snapshot.ReadSchemaAsync(RoundTrip.Token)).Tables[0];

        Assert.InRange((await snapshot.PlanRangesAsync(table, RoundTrip.Token)).Count, 2048, 4096);
        Assert.Equal(20000, (await RowSum.ReadAsync(snapshot, table, RoundTrip.Token)).Rows);
    }

    private async Task<List<(string?, string?)>> PlanAsync(params string[] rowIds)
    {
        using (SqliteConnection connection = folder.Open("ranges.db"))
        {
            connection.Run("DROP TABLE IF EXISTS t");
            connection.Run("CREATE TABLE t(a INTEGER PRIMARY KEY)");
            foreach (string rowId in rowIds)
            {
                connection.Run($"INSERT INTO t VALUES({rowId})");
            }
        }

        await using ISourceSnapshot snapshot = await new SqliteProvider().OpenSnapshotAsync(
            StoredDatabase.At(folder["ranges.db"]), StoredDatabase.Options, RoundTrip.Token);
        TableSchema table = (await snapshot.ReadSchemaAsync(RoundTrip.Token)).Tables[0];
        return [.. (await snapshot.PlanRangesAsync(table, RoundTrip.Token)).Select(range => (range.From, range.To))];
    }
}
