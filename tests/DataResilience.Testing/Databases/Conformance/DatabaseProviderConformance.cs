using DataResilience.Providers;

namespace DataResilience.Testing.Databases.Conformance;

/// <summary>What every database provider must do. Derive a class of tests from it that makes the scene.</summary>
public abstract class DatabaseProviderConformance : IAsyncLifetime
{
    private const int ManyRows = 5_000;

    private readonly Lazy<ConformanceScene> scene;

    protected DatabaseProviderConformance() => scene = new Lazy<ConformanceScene>(CreateScene);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ConformanceScene Scene => scene.Value;

    private IDatabaseProvider Provider => Scene.Provider;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (scene.IsValueCreated)
        {
            await scene.Value.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_database_is_listed_with_what_is_known_of_it()
    {
        DatabaseEndpoint shop = await MakeShopAsync();

        Database listed = Assert.Single(await Provider.ListDatabasesAsync(shop, new DatabaseListOptions { Detail = DatabaseDetail.Tables }, Token));

        Assert.Equal(2, listed.Tables);
        Assert.Equal([Scene.Qualified("item"), Scene.Qualified("orders")], listed.TableNames);
        Assert.True(listed.Size > 0);
        Assert.Contains(listed.Engine, Provider.Engines);
        Assert.NotEqual("", listed.EngineVersion);
        await using ISourceSnapshot snapshot = await OpenAsync(listed.Endpoint);
        Assert.Equal(listed.Name, snapshot.Description.Database);
    }

    [Fact]
    public async Task The_schema_names_every_table_its_columns_and_its_key()
    {
        await using ISourceSnapshot snapshot = await OpenAsync(await MakeShopAsync());

        DatabaseSchema schema = await snapshot.ReadSchemaAsync(Token);

        Assert.Equal([Scene.Qualified("item"), Scene.Qualified("orders")], schema.Tables.Select(table => table.QualifiedName).Order(StringComparer.Ordinal));
        TableSchema orders = schema.Tables.Single(table => table.Name == "orders");
        Assert.Equal(["id", "item", "note"], orders.Columns.Select(column => column.Name));
        Assert.Equal(["id"], orders.KeyColumns);
        Assert.Equal(Provider.RowFormat.Version, orders.RowEncodingVersion);
    }

    [Fact]
    public async Task Objects_come_after_what_they_need_and_belong_to_their_tables()
    {
        await using ISourceSnapshot snapshot = await OpenAsync(await MakeShopAsync("CREATE INDEX by_item ON orders(item)"));

        DatabaseSchema schema = await snapshot.ReadSchemaAsync(Token);

        var seen = new HashSet<int>();
        foreach (SchemaObject item in schema.Objects)
        {
            Assert.All(item.DependsOn, need => Assert.Contains(need, seen));
            Assert.True(seen.Add(item.Id), $"the id {item.Id} is used twice");
        }

        SchemaObject index = Assert.Single(schema.Objects, item => item.Name == "by_item");
        Assert.Equal((Scene.Qualified("orders"), SchemaPhase.PostData), (index.Table, index.Phase));
        Assert.All(schema.Tables, table => Assert.Contains(schema.Objects, item => item.Kind == "table" && item.Table == table.QualifiedName));
    }

    [Fact]
    public async Task What_is_committed_after_the_snapshot_is_not_in_it()
    {
        DatabaseEndpoint shop = await MakeShopAsync();
        await using ISourceSnapshot snapshot = await OpenAsync(shop);
        DatabaseSchema schema = await snapshot.ReadSchemaAsync(Token);
        TableSchema orders = schema.Tables.Single(table => table.Name == "orders");

        Task change = Scene.ExecuteAsync(shop, "INSERT INTO orders(id, item, note) VALUES (100000, 1, 'late')");
        RowSum during = await RowSum.ReadAsync(snapshot, orders, Token);
        await snapshot.DisposeAsync();
        await change;

        await using ISourceSnapshot later = await OpenAsync(shop);
        Assert.Equal(ManyRows, during.Rows);
        Assert.Equal(ManyRows + 1, (await RowSum.ReadAsync(later, orders, Token)).Rows);
    }

    [Fact]
    public async Task Rows_read_twice_are_equal_and_the_row_format_finds_the_same_ends()
    {
        await using ISourceSnapshot snapshot = await OpenAsync(await MakeShopAsync());
        Transfer first = await Transfer.ReadAsync(snapshot, Token);
        Transfer second = await Transfer.ReadAsync(snapshot, Token);

        Assert.Equal(first.SumsText(), second.SumsText());
        foreach ((byte[] bytes, int[] rowEnds) in first.BlocksOf(Scene.Qualified("orders")))
        {
            Assert.InRange(bytes.Length, 1, RowBlock.MaxBytes);
            int start = 0;
            foreach (int end in rowEnds)
            {
                Assert.Equal(end - start, Provider.RowFormat.FindRowEnd(bytes.AsSpan(start)));
                Assert.Equal(-1, Provider.RowFormat.FindRowEnd(bytes.AsSpan(start, end - start - 1)));
                start = end;
            }
        }
    }

    [Fact]
    public async Task A_row_larger_than_a_block_comes_in_pieces_and_is_restored()
    {
        string large = new('x', 3 * RowBlock.MaxBytes);
        DatabaseEndpoint source = await Scene.MakeDatabaseAsync(
            "CREATE TABLE t(id integer PRIMARY KEY, a text)", $"INSERT INTO t VALUES (1, 'a'), (2, '{large}'), (3, 'c')");

        (Transfer stored, DatabaseEndpoint target) = await CopyAsync(source);

        Assert.True(stored.BlocksOf(Scene.Qualified("t")).Count() >= 3);
        Assert.Equal(large.Length, await Scene.AskAsync(target, "SELECT length(a) FROM t WHERE id = 2"));
    }

    [Fact]
    public async Task A_database_is_restored_equal_to_another_place()
    {
        (Transfer stored, DatabaseEndpoint target) = await CopyAsync(await MakeShopAsync("CREATE INDEX by_item ON orders(item)"));

        await using ISourceSnapshot restored = await OpenAsync(target);
        Transfer copy = await Transfer.ReadAsync(restored, Token);
        Assert.Equal(stored.SumsText(), copy.SumsText());
        Assert.Equal(Definitions(stored.Schema), Definitions(copy.Schema));
    }

    [Fact]
    public async Task Odd_names_and_values_survive()
    {
        string[] names = ["with space", "per%cent", "quo'te", "dou\"ble", "sla/sh", "d.ot", "größe", "数据", "select"];
        DatabaseEndpoint source = await Scene.MakeDatabaseAsync([.. names.SelectMany(Odd)]);

        (Transfer stored, DatabaseEndpoint target) = await CopyAsync(source);

        Assert.Equal(names.Length, stored.Schema.Tables.Count);
        foreach (string name in names)
        {
            Assert.Equal(3, await Scene.AskAsync(target, $"SELECT count({Scene.Quote(name)}) FROM {Scene.Quote(name)}"));
        }

        IEnumerable<string> Odd(string name) =>
        [
            $"CREATE TABLE {Scene.Quote(name)}({Scene.Quote(name)} varchar(200))",
            $"INSERT INTO {Scene.Quote(name)} VALUES (NULL), (''), ('tab\t, line\n, return\r, end'), ('größe 数据 🙂')",
        ];
    }

    [Fact]
    public async Task An_empty_table_and_a_table_without_a_key_are_ordinary()
    {
        DatabaseEndpoint source = await Scene.MakeDatabaseAsync(
            "CREATE TABLE bare(id integer PRIMARY KEY)", "CREATE TABLE keyless(a integer)", "INSERT INTO keyless VALUES (1), (1), (NULL)");

        (_, DatabaseEndpoint target) = await CopyAsync(source);

        Assert.Equal(0, await Scene.AskAsync(target, "SELECT count(*) FROM bare"));
        Assert.Equal(3, await Scene.AskAsync(target, "SELECT count(*) FROM keyless"));
    }

    [Fact]
    public async Task Until_it_is_committed_nothing_is_there_and_abandoned_nothing_stays()
    {
        Transfer stored = await ReadAsync(await MakeShopAsync());
        DatabaseEndpoint place = Scene.NewTarget();
        IReadOnlyList<string> before = await Scene.ListEverythingAsync();
        TargetOptions options = stored.Options();

        await using (IRestoreTarget target = await Provider.OpenTargetAsync(place, options, Token))
        {
            await stored.FillAsync(target, options, Token);
            Assert.False((await Provider.InspectTargetAsync(place, options, Token)).Exists);
        }

        Assert.Equal(before, await Scene.ListEverythingAsync());
    }

    [Fact]
    public async Task What_is_there_is_replaced_with_consent_only()
    {
        Transfer stored = await ReadAsync(await MakeShopAsync());
        DatabaseEndpoint present = await Scene.MakeDatabaseAsync("CREATE TABLE other(a integer)");

        var refused = await Assert.ThrowsAsync<DataResilienceException>(async () => await Provider.OpenTargetAsync(present, stored.Options(), Token));
        Assert.Equal(Errors.TargetExists.Code, refused.ErrorCode);
        Assert.Equal(0, await Scene.AskAsync(present, "SELECT count(*) FROM other"));

        await RestoreAsync(stored, present, stored.Options(replace: true));
        Assert.Equal(ManyRows, await Scene.AskAsync(present, "SELECT count(*) FROM orders"));
        await Assert.ThrowsAnyAsync<Exception>(() => Scene.AskAsync(present, "SELECT count(*) FROM other"));
    }

    [Fact]
    public async Task A_chosen_table_goes_into_a_database_that_is_there()
    {
        Transfer stored = await ReadAsync(await MakeShopAsync());
        DatabaseEndpoint present = await Scene.MakeDatabaseAsync("CREATE TABLE other(a integer)", "INSERT INTO other VALUES (7)");

        await RestoreAsync(stored, present, stored.Options(tables: [Scene.Qualified("item")]));

        Assert.Equal(1, await Scene.AskAsync(present, "SELECT count(*) FROM other"));
        Assert.Equal(10, await Scene.AskAsync(present, "SELECT count(*) FROM item"));
    }

    [Fact]
    public async Task A_chosen_table_that_is_there_is_replaced_with_consent_only()
    {
        DatabaseEndpoint shop = await MakeShopAsync();
        Transfer stored = await ReadAsync(shop);
        string orders = Scene.Qualified("orders");
        await Scene.ExecuteAsync(shop, "DELETE FROM orders");

        var refused = await Assert.ThrowsAsync<DataResilienceException>(
            async () => await Provider.OpenTargetAsync(shop, stored.Options(tables: [orders]), Token));
        Assert.Equal(Errors.TargetTableExists.Code, refused.ErrorCode);

        await RestoreAsync(stored, shop, stored.Options(replace: true, tables: [orders]));
        Assert.Equal(ManyRows, await Scene.AskAsync(shop, "SELECT count(*) FROM orders"));
    }

    [Fact]
    public async Task Rows_alone_go_into_tables_that_are_there()
    {
        DatabaseEndpoint shop = await MakeShopAsync();
        Transfer stored = await ReadAsync(shop);
        string orders = Scene.Qualified("orders");
        await Scene.ExecuteAsync(shop, "DELETE FROM orders");

        await RestoreAsync(stored, shop, stored.Options(tables: [orders], dataOnly: true));

        Assert.Equal(ManyRows, await Scene.AskAsync(shop, "SELECT count(*) FROM orders"));
        await Scene.ExecuteAsync(shop, "DROP TABLE orders");
        var refused = await Assert.ThrowsAsync<DataResilienceException>(
            async () => await RestoreAsync(stored, shop, stored.Options(tables: [orders], dataOnly: true)));
        Assert.Equal(Errors.TargetTableMissing.Code, refused.ErrorCode);
    }

    [Fact]
    public async Task A_cancelled_load_leaves_nothing()
    {
        Transfer stored = await ReadAsync(await MakeShopAsync());
        DatabaseEndpoint place = Scene.NewTarget();
        IReadOnlyList<string> before = await Scene.ListEverythingAsync();
        TargetOptions options = stored.Options();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);

        await using (IRestoreTarget target = await Provider.OpenTargetAsync(place, options, Token))
        {
            await target.CreateObjectsAsync([.. options.Objects.Where(item => item.Phase == SchemaPhase.PreData)], Token);
            TableSchema orders = options.Tables.Single(table => table.Name == "orders");
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => target.LoadRowsAsync(orders, UnendingRows(stored, orders.QualifiedName, cancel), cancel.Token));
        }

        Assert.Equal(before, await Scene.ListEverythingAsync());
    }

    [Fact]
    public async Task A_cancelled_read_ends_and_the_source_stays_usable()
    {
        DatabaseEndpoint shop = await MakeShopAsync();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using (ISourceSnapshot snapshot = await OpenAsync(shop))
        {
            TableSchema orders = (await snapshot.ReadSchemaAsync(Token)).Tables.Single(table => table.Name == "orders");
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                foreach (RowRange range in await snapshot.PlanRangesAsync(orders, cancel.Token))
                {
                    await foreach (RowBlock block in snapshot.ReadRowsAsync(orders, range, cancel.Token))
                    {
                        block.Dispose();
                    }
                }
            });
        }

        await Scene.ExecuteAsync(shop, "DROP TABLE orders");
    }

    [Fact]
    public async Task A_source_that_is_not_there_is_said_by_its_own_code()
    {
        var failure = await Assert.ThrowsAsync<DataResilienceException>(async () => await OpenAsync(Scene.NewTarget()));

        Assert.Equal(Errors.SourceNotFound.Code, failure.ErrorCode);
    }

    protected abstract ConformanceScene CreateScene();

    private static IEnumerable<string> Definitions(DatabaseSchema schema) =>
        schema.Objects.Select(item => $"{item.Kind} {item.Schema}.{item.Name} of {item.Table}: {item.Definition}").Order(StringComparer.Ordinal);

    /// <summary>All rows, and then a source that gives no more and does not end.</summary>
    private static async IAsyncEnumerable<RowBlock> UnendingRows(Transfer stored, string table, CancellationTokenSource cancel)
    {
        await foreach (RowBlock block in stored.Rows(table))
        {
            yield return block;
        }

        await cancel.CancelAsync();
        await Task.Delay(Timeout.Infinite, cancel.Token);
    }

    private Task<DatabaseEndpoint> MakeShopAsync(params string[] more)
    {
        string rows = string.Join(", ", Enumerable.Range(1, ManyRows).Select(i => $"({i}, {(i % 10) + 1}, 'order {i}')"));
        return Scene.MakeDatabaseAsync(
        [
            "CREATE TABLE item(id integer PRIMARY KEY, name varchar(50) NOT NULL)",
            "INSERT INTO item VALUES (1,'a'),(2,'b'),(3,'c'),(4,'d'),(5,'e'),(6,'f'),(7,'g'),(8,'h'),(9,'i'),(10,'j')",
            "CREATE TABLE orders(id integer PRIMARY KEY, item integer, note varchar(100))",
            $"INSERT INTO orders VALUES {rows}",
            .. more,
        ]);
    }

    private Task<ISourceSnapshot> OpenAsync(DatabaseEndpoint source) =>
        Provider.OpenSnapshotAsync(source, new SnapshotOptions(2, TimeSpan.FromSeconds(10)), Token);

    private async Task<Transfer> ReadAsync(DatabaseEndpoint source)
    {
        await using ISourceSnapshot snapshot = await OpenAsync(source);
        return await Transfer.ReadAsync(snapshot, Token);
    }

    private async Task<(Transfer Stored, DatabaseEndpoint Target)> CopyAsync(DatabaseEndpoint source)
    {
        Transfer stored = await ReadAsync(source);
        DatabaseEndpoint place = Scene.NewTarget();
        await RestoreAsync(stored, place, stored.Options());
        return (stored, place);
    }

    private async Task RestoreAsync(Transfer stored, DatabaseEndpoint place, TargetOptions options)
    {
        await using IRestoreTarget target = await Provider.OpenTargetAsync(place, options, Token);
        await stored.FillAsync(target, options, Token);
        if (options.IncludesSchema)
        {
            await stored.ProveAsync(target, options, Token);
        }

        await target.CommitAsync(Token);
    }
}
