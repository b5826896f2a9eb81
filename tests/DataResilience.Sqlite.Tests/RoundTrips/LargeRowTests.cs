using DataResilience.Providers;
using DataResilience.Testing.Databases.Conformance;
using Microsoft.Data.Sqlite;

namespace DataResilience.Sqlite.Tests;

public sealed class LargeRowTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("UTF-8")]
    [InlineData("UTF-16be")]
    public async Task Rows_larger_than_a_block_come_back_equal_wherever_the_large_value_stands(string encoding)
    {
        string[] tables = ["INTEGER PRIMARY KEY, b, c)", "PRIMARY KEY, b, c) WITHOUT ROWID", ", b, c, UNIQUE(b, a))", "INTEGER PRIMARY KEY, b, c, d AS (length(c)) STORED)"];
        const string Blob = "randomblob(3000000)";
        const string Text = "hex(randomblob(700000))";
        var script = new List<string> { $"PRAGMA encoding = '{encoding}'" };
        for (int table = 0; table < tables.Length; table++)
        {
            script.Add($"CREATE TABLE t{table}(a {tables[table]}");
            script.Add($"INSERT INTO t{table}(a, b, c) VALUES(1, {Blob}, 'after'), (2, {Text}, 'after'), (3, 'before', {Blob}), (4, 'before', {Text})");
            script.Add($"INSERT INTO t{table}(a, b, c) VALUES(5, 'small', 1), (6, {Blob}, NULL), (7, {Blob}, {Blob}), (8, {Text}, {Text}), (9, 'small', 2)");
        }

        StoredDatabase stored = await RoundTrip.ProveAsync(folder.Make("source.db", script), folder["target.db"]);

        Assert.All(stored.Digests.Values, digest => Assert.Equal(9, digest.Rows));
        Assert.All(stored.Rows.Values, blocks => Assert.All(blocks, block => Assert.InRange(block.Bytes.Length, 1, RowBlock.MaxBytes)));
    }

    [Theory]
    [InlineData(1048550)]
    [InlineData(1048576)]
    public async Task Rows_of_just_about_a_block_come_back_equal(int around)
    {
        folder.Make("source.db", "CREATE TABLE t(a INTEGER PRIMARY KEY, b)");
        using (SqliteConnection connection = folder.Open("source.db"))
        {
            for (int size = around - 20; size <= around + 20; size++)
            {
                connection.Run("INSERT INTO t(b) VALUES(zeroblob($1))", size);
            }
        }

        Assert.Equal(41, (await RoundTrip.ProveAsync(folder["source.db"], folder["target.db"])).Digests["t"].Rows);
    }

    [Theory]
    [InlineData("UTF-8", "t(a INTEGER PRIMARY KEY, b, c)", "what may be written in place")]
    [InlineData("UTF-8", "t(a INTEGER PRIMARY KEY, b ANY NOT NULL, c ANY) STRICT", "strict types", Traits = ["Category", "Slow"])]
    [InlineData("UTF-8", "t(a INTEGER PRIMARY KEY, b NUMERIC, c REAL)", "columns that make numbers of text", Traits = ["Category", "Slow"])]
    [InlineData("UTF-8", "t(a TEXT UNIQUE, b, c)", "an index on another column", Traits = ["Category", "Slow"])]
    [InlineData("UTF-8", "t(a, b UNIQUE, c)", "an index on the column")]
    [InlineData("UTF-8", "t(a, b, c, d AS (length(b)) STORED)", "a column computed from it", Traits = ["Category", "Slow"])]
    [InlineData("UTF-8", "t(a PRIMARY KEY, b, c) WITHOUT ROWID", "rows without a number")]
    [InlineData("UTF-16le", "t(a INTEGER PRIMARY KEY, b, c)", "UTF-16", Traits = ["Category", "Slow"])]
    [InlineData("UTF-16be", "t(a TEXT UNIQUE, b, c)", "UTF-16 the other way round", Traits = ["Category", "Slow"])]
    public async Task Large_values_come_back_equal_wherever_they_stand(string encoding, string definition, string what)
    {
        string[] values =
        [
            "hex(randomblob(600000)), 'after'",
            "randomblob(1200000), NULL",
            "randomblob(1200000), 'after'",
            "char(65279) || hex(randomblob(18000000)), randomblob(1500000)",
            "randomblob(36000000), hex(randomblob(600000))",
            "'small', 'after'",
        ];
        folder.Make(
            "source.db",
            [$"PRAGMA encoding = '{encoding}'", $"CREATE TABLE {definition}", .. values.Select((value, row) => $"INSERT INTO t(a, b, c) VALUES({row + 1}, {value})")]);

        StoredDatabase proved = await RoundTrip.ProveAsync(folder["source.db"], folder["target.db"]);

        Assert.True(proved.Digests["t"].Rows == values.Length, what);
        Assert.Equal([folder["source.db"], folder["target.db"]], Directory.GetFiles(Path.GetDirectoryName(folder["target.db"])!).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("CREATE INDEX i ON t(c)")]
    [InlineData("CREATE INDEX i ON t(c) WHERE length(b) > 2", Traits = ["Category", "Slow"])]
    [InlineData("CREATE INDEX i ON t(hex(substr(b, 1, 9)))", Traits = ["Category", "Slow"])]
    [InlineData("CREATE INDEX i ON t(c, b)")]
    public async Task Large_values_added_to_a_database_that_is_there_are_in_its_indexes(string index)
    {
        const string Table = "CREATE TABLE t(a INTEGER PRIMARY KEY, b, c)";
        string source = folder.Make("source.db", Table, "INSERT INTO t(b, c) VALUES(hex(randomblob(18000000)), 'after'), (randomblob(1200000), 'x')");
        string target = folder.Make("target.db", Table, index);
        StoredDatabase stored = await StoredDatabase.ReadAsync(source, RoundTrip.Token);

        Assert.Empty(await new RoundTrip { Tables = ["t"], IncludesSchema = false }.RestoreAsync(stored, target));

        using SqliteConnection connection = folder.Open("target.db");
        using SqliteCommand check = connection.CreateCommand();
        check.CommandText = "PRAGMA integrity_check";
        Assert.Equal("ok", check.ExecuteScalar());
        Assert.Equal([source, target], Directory.GetFiles(Path.GetDirectoryName(target)!).Order(StringComparer.Ordinal));
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("zeroblob(209715200)")]
    [InlineData("replace(hex(zeroblob(104857600)), '00', 'ab')")]
    public async Task A_value_of_200_megabytes_is_streamed(string value)
    {
        folder.Make("source.db", "CREATE TABLE t(a INTEGER PRIMARY KEY, b, c)", $"INSERT INTO t VALUES(1, 'x', {value})");
        var provider = new SqliteProvider();
        await using ISourceSnapshot snapshot = await provider.OpenSnapshotAsync(
            StoredDatabase.At(folder["source.db"]), StoredDatabase.Options, RoundTrip.Token);
        DatabaseSchema schema = await snapshot.ReadSchemaAsync(RoundTrip.Token);
        var empty = new StoredDatabase(schema, new Dictionary<string, List<StoredBlock>>(), new Dictionary<string, (long Rows, long Bytes, UInt128 Sum)>());
        await using IRestoreTarget target = await new RoundTrip().OpenAsync(empty, folder["target.db"]);
        await target.CreateObjectsAsync(schema.Objects, RoundTrip.Token);
        RowRange range = Assert.Single(await snapshot.PlanRangesAsync(schema.Tables[0], RoundTrip.Token));

        Assert.Equal(1, await target.LoadRowsAsync(schema.Tables[0], snapshot.ReadRowsAsync(schema.Tables[0], range, RoundTrip.Token), RoundTrip.Token));

        RowSum expected = await RowSum.ReadAsync(snapshot, schema.Tables[0], RoundTrip.Token);
        await using ISourceSnapshot proof = await target.OpenProofAsync(RoundTrip.Token);
        Assert.Equal(expected.Value, (await RowSum.ReadAsync(proof, schema.Tables[0], RoundTrip.Token)).Value);
        await target.CommitAsync(RoundTrip.Token);
    }
}
