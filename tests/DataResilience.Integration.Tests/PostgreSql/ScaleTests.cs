using System.Globalization;
using DataResilience.Testing.Servers;

namespace DataResilience.Integration.Tests.PostgreSql;

/// <summary>Many tables, and values as large as a server takes.</summary>
[Collection(ServerTests.Name)]
[Trait("Category", "Server")]
[Trait("Category", "Slow")]
public sealed class ScaleTests(ITestOutputHelper output)
{
    private const int Tables = 10_000;

    [Fact]
    public async Task Ten_thousand_tables_come_back()
    {
        PostgreSqlServer server = PostgreSqlServer.Release.Require();
        await using TestDatabase database = await server.CreateDatabaseAsync("many");
        await using TestDatabase copy = server.NameDatabase("many_copy");
        await database.ExecuteAsync(
            $$"""
            DO $do$ BEGIN
                FOR i IN 1..{{Tables}} LOOP
                    EXECUTE format('CREATE TABLE public.t%s(id int PRIMARY KEY, a text)', i);
                    EXECUTE format('INSERT INTO public.t%s SELECT g, md5(g::text) FROM generate_series(1, %s %% 5) g', i, i);
                END LOOP;
            END $do$
            """);
        using var workspace = new Workspace();
        await workspace.NewRepositoryAsync();

        Backup backup = await workspace.BackupAsync(database.Endpoint);
        RestoreResult restored = await workspace.RestoreAsync(backup, copy.Endpoint);

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{backup.Tables} tables: backup {(backup.End - backup.Start).TotalSeconds:0.0} s, restore {restored.Duration.TotalSeconds:0.0} s"));
        Assert.Equal(Tables, backup.Tables);
        Assert.Equal(Tables * 2L, backup.Rows);
        Assert.True(restored.IsVerified);
        SchemaText.RequireEqual(await database.PgDumpSchemaAsync(), await copy.PgDumpSchemaAsync());
    }

    [Fact]
    public async Task A_text_of_300_and_a_bytea_of_600_megabytes_come_back()
    {
        PostgreSqlServer server = PostgreSqlServer.Release.Require();
        await using TestDatabase database = await server.CreateDatabaseAsync("giant");
        await using TestDatabase copy = server.NameDatabase("giant_copy");
        await database.ExecuteAsync(
            """
            CREATE TABLE public.giant(id int PRIMARY KEY, t text, b bytea);
            INSERT INTO public.giant VALUES (1, 'before', NULL), (2, repeat('0123456789', 30 * 1000 * 1000), NULL), (3, 'between', '\x00ff'),
                (4, NULL, decode(repeat('00ff5c0a', 75 * 1000 * 1000), 'hex') || decode(repeat('0aff5c00', 75 * 1000 * 1000), 'hex')), (5, 'after', NULL)
            """);
        using var workspace = new Workspace();
        await workspace.NewRepositoryAsync();

        Backup backup = await workspace.BackupAsync(database.Endpoint);
        RestoreResult restored = await workspace.RestoreAsync(backup, copy.Endpoint);

        Assert.True(restored.IsVerified);
        Assert.Equal((5L, 5L), (backup.Rows, restored.Rows));
        const string Sum = "SELECT string_agg(id || ':' || coalesce(md5(t), '-') || ':' || coalesce(md5(b), '-'), ' ' ORDER BY id) FROM public.giant";
        Assert.Equal(await database.ScalarAsync<string>(Sum), await copy.ScalarAsync<string>(Sum));
    }

    [Theory]
    [InlineData("SQL_ASCII", "convert_from('\\x636166e920ff', 'SQL_ASCII')")]
    [InlineData("LATIN1", "convert_from('\\x636166e9', 'LATIN1')")]
    [InlineData("UTF8", "'größe 数据'")]
    public async Task Databases_of_other_encodings_come_back_byte_by_byte(string encoding, string value)
    {
        PostgreSqlServer server = PostgreSqlServer.Release.Require();
        await using TestDatabase database = await server.CreateDatabaseAsync(
            "encoded", $"TEMPLATE template0 ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C'");
        await using TestDatabase copy = server.NameDatabase("encoded_copy");
        await database.ExecuteAsync($"CREATE TABLE public.t(a text); INSERT INTO public.t VALUES ({value})");
        using var workspace = new Workspace();
        await workspace.NewRepositoryAsync();

        Backup backup = await workspace.BackupAsync(database.Endpoint);
        await workspace.RestoreAsync(backup, copy.Endpoint);

        // Bytes, since those of an SQL_ASCII database need not be valid in any encoding.
        const string Question = "SELECT encode(a::bytea, 'hex') || getdatabaseencoding() FROM public.t";
        Assert.Equal(await database.ScalarAsync<string>(Question), await copy.ScalarAsync<string>(Question));
    }
}
