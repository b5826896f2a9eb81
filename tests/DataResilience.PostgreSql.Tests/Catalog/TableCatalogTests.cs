using DataResilience.Providers;
using DataResilience.Testing.Servers;

namespace DataResilience.PostgreSql.Tests;

[Trait("Category", "Server")]
public sealed class TableCatalogTests
{
    public static TheoryData<string> Versions => PostgreSqlServer.Versions;

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Tables_have_the_columns_and_keys_of_their_rows(string version)
    {
        await using TestDatabase database = await EveryObject.CreateAsync(PostgreSqlServer.Named(version), withExtensionTables: true);
        IReadOnlyList<TableSchema> tables = await ReadAsync(database.Endpoint);

        TableSchema customer = Find("shop.customer");
        Assert.Equal(["id", "name", "email", "mood", "home", "level", "tags", "note", "born"], customer.Columns.Select(column => column.Name));
        Assert.Equal(["integer", "text", "ext.citext", "shop.mood"], customer.Columns.Take(4).Select(column => column.Type));
        Assert.Equal(["id"], customer.KeyColumns);
        Assert.DoesNotContain(Find("shop.product").Columns, column => column.Name == "gross");
        Assert.Equal(["customer", "during"], Find("shop.booking").KeyColumns);
        Assert.Equal(["value", "region", "at", "id"], Find("shop.measure_2020_other_1").Columns.Select(column => column.Name));
        Assert.Equal(["table"], Find("public.table").KeyColumns);
        Assert.Empty(Find("shop.no_columns").Columns);
        Assert.Empty(Find("shop.only_generated").Columns);
        Assert.Equal("with\nnewline", Find("odd schema/%.\"x.table 'a' \"b\" c.d/e%s \\ ü€😀").Columns[2].Name);
        Assert.Equal("unlogged", Find("shop.cache").Options[TableOption.Persistence]);
        Assert.Equal("dr_heap", Find("shop.other_heap").Options[TableOption.AccessMethod]);
        Assert.Equal("WHERE is_ours", Find("ext.settings").Options[TableOption.Condition]);
        Assert.Equal(["loid", "pageno"], Find("pg_catalog.pg_largeobject").KeyColumns);
        Assert.DoesNotContain(
            tables.Select(table => table.QualifiedName),
            name => name is "ext.built_in" or "shop.measure" or "shop.measure_2020" or "shop.far" or "shop.sad" or "shop.z_first");
        Assert.DoesNotContain(tables, table => table.Name == "not_kept" || table.Options.ContainsKey(TableOption.Unreadable));

        TableSchema Find(string name) => tables.Single(table => table.QualifiedName == name);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Every_table_but_those_of_extensions_has_a_definition(string version)
    {
        await using TestDatabase database = await EveryObject.CreateAsync(PostgreSqlServer.Named(version), withExtensionTables: true);
        DatabaseSchema schema = await SnapshotSchema.ReadAsync(database);

        string[] defined = [.. schema.Objects.Where(item => item.Kind == ObjectKind.Table && item.Options[ObjectOption.RelationKind] == "r").Select(item => $"{item.Schema}.{item.Name}")];
        string[] ordinary = [.. schema.Tables.Where(table => !table.Options.ContainsKey(TableOption.Condition) && !table.Options.ContainsKey(TableOption.Pseudo)).Select(table => table.QualifiedName)];
        Assert.Equal(ordinary.Order(StringComparer.Ordinal), defined.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Virtual_columns_are_left_out()
    {
        await using TestDatabase database = await EveryObject.CreateAsync(PostgreSqlServer.Newer);
        IReadOnlyList<TableSchema> tables = await ReadAsync(database.Endpoint);

        Assert.Equal(["a", "b"], tables.Single(table => table.Name == "virtual").Columns.Select(column => column.Name));
    }

    [Fact]
    public async Task An_empty_database_has_no_tables()
    {
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();

        Assert.Empty(await ReadAsync(database.Endpoint));
    }

    private static async Task<IReadOnlyList<TableSchema>> ReadAsync(DatabaseEndpoint endpoint)
    {
        await using ServerSession session = await SnapshotSchema.OpenAsync(endpoint);
        return await TableCatalog.ReadAsync(session, TestContext.Current.CancellationToken);
    }
}
