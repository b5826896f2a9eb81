using DataResilience.Providers;
using DataResilience.Testing.Servers;
using Npgsql;

namespace DataResilience.PostgreSql.Tests.Restore;

[Trait("Category", "Server")]
public sealed class LiveDatabaseTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Versions => PostgreSqlServer.Versions;

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_table_comes_with_everything_that_belongs_to_it_and_is_seen_at_the_commit(string server)
    {
        await using RestoreScene scene = await OpenSceneAsync(server, "CREATE TABLE other (a int)");
        TableSchema table = AddOrders(scene);

        await using (IRestoreTarget target = await scene.OpenAsync())
        {
            Assert.Equal(1, target.Description.MaxLoaders);
            await RestoreOrdersAsync(scene, target, table);
            Assert.Equal("1\tone\n2\ttwo\n", await SampleRows.ReadAsync(target, table));
            Assert.Equal(0, await scene.Target.ScalarAsync<long>("SELECT count(*) FROM pg_class WHERE relname LIKE 'orders%'"));
            await target.CommitAsync(Token);
        }

        await AssertOrdersAsync(scene);
    }

    [Fact]
    public async Task Without_a_commit_nothing_changes()
    {
        await using RestoreScene scene = await OpenSceneAsync("release", "CREATE TABLE orders (old int)");
        scene.Options = scene.Options with { Replace = true };
        TableSchema table = AddOrders(scene);
        await using (IRestoreTarget target = await scene.OpenAsync())
        {
            await RestoreOrdersAsync(scene, target, table);
        }

        Assert.Equal("old", await scene.Target.ScalarAsync<string>("SELECT string_agg(attname, ',') FROM pg_attribute WHERE attrelid = 'orders'::regclass AND attnum > 0"));
        Assert.Equal(0, await scene.Target.ScalarAsync<long>("SELECT count(*) FROM pg_class WHERE relname = 'orders_id_seq'"));
    }

    [Fact]
    public async Task A_table_that_is_there_is_replaced_only_if_asked_and_only_if_nothing_else_needs_it()
    {
        await using RestoreScene scene = await OpenSceneAsync("release", """
            CREATE TABLE orders (id serial PRIMARY KEY, old int);
            CREATE TABLE lines (order_id int CONSTRAINT lines_order REFERENCES orders (id));
            CREATE VIEW view_of_orders AS SELECT * FROM orders;
            CREATE FUNCTION of_row(orders) RETURNS int LANGUAGE sql AS 'SELECT 1';
            """);
        TableSchema table = AddOrders(scene);
        await Expect.ErrorAsync(Errors.TargetTableExists, () => scene.OpenAsync());

        scene.Options = scene.Options with { Replace = true };
        TargetState state = await TargetInspector.InspectAsync(scene.Address(), scene.All(), Token);
        string obstacle = Assert.Single(state.Obstacles);
        foreach (string words in new[] { "constraint lines_order on table public.lines", "view public.view_of_orders", "function public.of_row(public.orders)" })
        {
            Assert.Contains(words, obstacle, StringComparison.Ordinal);
        }

        await Expect.ErrorAsync(Errors.TargetTableNeeded, () => scene.OpenAsync());
        Assert.Contains("public.orders", state.Tables);
        await scene.Target.ExecuteAsync("DROP TABLE lines; DROP VIEW view_of_orders; DROP FUNCTION of_row(orders)");
        await using (IRestoreTarget target = await scene.OpenAsync())
        {
            await RestoreOrdersAsync(scene, target, table);
            await target.CommitAsync(Token);
        }

        await AssertOrdersAsync(scene);
    }

    [Fact]
    public async Task Partitions_that_were_not_chosen_keep_their_table_from_being_replaced()
    {
        await using RestoreScene scene = await OpenSceneAsync("release", """
            CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2)
            """);
        scene.Options = scene.Options with { Replace = true };
        scene.AddTable("p1", "a int");
        scene.Change(item => item with { Table = "public.p" });
        scene.Add("table", "p", "CREATE TABLE public.p (a int) PARTITION BY LIST (a);", table: "public.p");

        DataResilienceException failure = await Expect.ErrorAsync(Errors.TargetTableNeeded, () => scene.OpenAsync());

        Assert.Contains("table public.p2", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_tables_need_and_is_there_already_is_left_as_it_is()
    {
        await using RestoreScene scene = await OpenSceneAsync("release", """
            CREATE TYPE mood AS ENUM ('good'); CREATE TABLE customers (id int); COMMENT ON TABLE customers IS 'mine'; CREATE FUNCTION half(int) RETURNS int LANGUAGE sql AS 'SELECT 1'
            """);
        scene.Add("type", "mood", "CREATE TYPE public.mood AS ENUM ('good', 'bad');");
        scene.Add("table", "customers", "CREATE TABLE public.customers (id int, name text);", table: "public.customers");
        scene.Add("comment", "TABLE customers", "COMMENT ON TABLE public.customers IS 'theirs';", table: "public.customers", needs: 2);
        scene.Add("function", "half(integer)", "CREATE FUNCTION public.half(n integer) RETURNS int LANGUAGE sql AS 'SELECT n / 2';");
        TableSchema table = scene.AddTable("visits", "customer int", "how public.mood");
        scene.Add("constraint", "customers_pkey", "ALTER TABLE ONLY public.customers ADD CONSTRAINT customers_pkey PRIMARY KEY (id);", SchemaPhase.PostData, "public.customers", 2);
        scene.Add(
            "fk constraint", "visits_customer", "ALTER TABLE ONLY public.visits ADD CONSTRAINT visits_customer FOREIGN KEY (customer) REFERENCES public.customers (id);",
            SchemaPhase.PostData, "public.visits", 5, 6);
        scene.AddOption("references", "public.customers");
        scene.Add("comment", "CONSTRAINT visits_customer ON visits", "COMMENT ON CONSTRAINT visits_customer ON public.visits IS 'x';", SchemaPhase.PostData, "public.visits", 7);

        await using (IRestoreTarget target = await scene.OpenAsync())
        {
            await scene.CreateAsync(target, SchemaPhase.PreData);
            await target.LoadRowsAsync(table, SampleRows.Of("7\tgood"), Token);
            await scene.CreateAsync(target, SchemaPhase.PostData);
            Assert.Contains("visits_customer", Assert.Single((await target.CheckAsync(Token)).Warnings), StringComparison.Ordinal);
            await target.CommitAsync(Token);
        }

        Assert.Equal("mine", await scene.Target.ScalarAsync<string>("SELECT obj_description('customers'::regclass)"));
        Assert.Equal(0, await scene.Target.ScalarAsync<long>("SELECT count(*) FROM pg_constraint WHERE conrelid = 'customers'::regclass"));
        Assert.Equal("good", await scene.Target.ScalarAsync<string>("SELECT string_agg(enumlabel, ',') FROM pg_enum"));
        Assert.Equal(1, await scene.Target.ScalarAsync<int>("SELECT half(4)"));
        Assert.Equal(1, await scene.Target.ScalarAsync<long>("SELECT count(*) FROM visits"));
    }

    [Fact]
    public async Task A_table_chosen_alone_into_a_new_database_goes_without_its_foreign_key()
    {
        await using var scene = new RestoreScene();
        scene.Options = scene.Options with { IsPartial = true };
        TableSchema table = scene.AddTable("visits", "customer int");
        scene.Add("table", "customers", "CREATE TABLE public.customers (id int PRIMARY KEY);", table: "public.customers");
        scene.Add(
            "fk constraint", "visits_customer", "ALTER TABLE ONLY public.visits ADD CONSTRAINT visits_customer FOREIGN KEY (customer) REFERENCES public.customers (id);",
            SchemaPhase.PostData, "public.visits", 1, 2);
        scene.AddOption("references", "public.customers");
        await using (IRestoreTarget target = await scene.OpenAsync())
        {
            await scene.CreateAsync(target, SchemaPhase.PreData);
            await target.LoadRowsAsync(table, SampleRows.Of("7"), Token);
            await scene.CreateAsync(target, SchemaPhase.PostData);
            Assert.Contains("visits_customer", Assert.Single((await target.CheckAsync(Token)).Warnings), StringComparison.Ordinal);
            await target.CommitAsync(Token);
        }

        Assert.Equal(1, await scene.Target.ScalarAsync<long>("SELECT count(*) FROM visits"));
    }

    [Fact]
    public async Task A_character_that_the_database_cannot_hold_is_told()
    {
        await using var scene = new RestoreScene();
        scene.Options = scene.Options with { IsPartial = true };
        await scene.Server.ExecuteAsync($"CREATE DATABASE {PostgreSqlServer.Quote(scene.Target.Name)} TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'");
        TableSchema table = scene.AddTable("t", "a text");
        await using IRestoreTarget target = await scene.OpenAsync();
        await scene.CreateAsync(target, SchemaPhase.PreData);

        DataResilienceException failure = await Expect.ErrorAsync(Errors.FeatureUnsupported, () => target.LoadRowsAsync(table, SampleRows.Of("東"), Token));

        Assert.Contains("LATIN1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cut_in_the_middle_nothing_of_it_is_there()
    {
        await using RestoreScene scene = await OpenSceneAsync("release", "CREATE TABLE other (a int)");
        TableSchema table = AddOrders(scene);
        IRestoreTarget target = await scene.OpenAsync();
        await using (target)
        {
            await scene.CreateAsync(target, SchemaPhase.PreData);
            await scene.Target.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'DataResilience' AND datname = current_database()");
            await Expect.ErrorAsync(Errors.ConnectionLost, () => target.LoadRowsAsync(table, SampleRows.Of("1\tone"), Token));
        }

        Assert.Equal(0, await scene.Target.ScalarAsync<long>("SELECT count(*) FROM pg_class WHERE relname LIKE 'orders%'"));
    }

    private static async Task<RestoreScene> OpenSceneAsync(string server, string sql)
    {
        var scene = new RestoreScene(PostgreSqlServer.Named(server));
        scene.Options = scene.Options with { IsPartial = true };
        await scene.Server.ExecuteAsync($"CREATE DATABASE {PostgreSqlServer.Quote(scene.Target.Name)}");
        await scene.Target.ExecuteAsync(sql);
        return scene;
    }

    private static TableSchema AddOrders(RestoreScene scene)
    {
        const string Orders = "public.orders";
        TableSchema table = scene.AddTable("orders", "id int", "name text");
        scene.Add("comment", "TABLE orders", "COMMENT ON TABLE public.orders IS 'all of them';", table: Orders, needs: 1);
        scene.Add("sequence", "orders_id_seq", "CREATE SEQUENCE public.orders_id_seq;", table: Orders);
        scene.Add("sequence owned by", "orders_id_seq", "ALTER SEQUENCE public.orders_id_seq OWNED BY public.orders.id;", table: Orders, needs: [1, 3]);
        scene.Add("default", "orders id", "ALTER TABLE ONLY public.orders ALTER COLUMN id SET DEFAULT nextval('public.orders_id_seq'::regclass);", table: Orders, needs: [1, 3]);
        scene.Add("function", "note()", "CREATE FUNCTION public.note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''fired''; END';");
        scene.Add("sequence set", "orders_id_seq", "SELECT pg_catalog.setval('public.orders_id_seq', 41, true);", SchemaPhase.PostData, Orders, 3);
        scene.Add("index", "orders_name", "CREATE INDEX orders_name ON public.orders (name);", SchemaPhase.PostData, Orders, 1);
        scene.Add("constraint", "orders_pkey", "ALTER TABLE ONLY public.orders ADD CONSTRAINT orders_pkey PRIMARY KEY (id);", SchemaPhase.PostData, Orders, 1);
        scene.Add("trigger", "note", "CREATE TRIGGER note BEFORE INSERT ON public.orders FOR EACH ROW EXECUTE FUNCTION public.note();", SchemaPhase.PostData, Orders, 1, 6);
        scene.Add("acl", "orders", "GRANT SELECT ON TABLE public.orders TO PUBLIC;", SchemaPhase.PostData, Orders, 1);
        return table;
    }

    private static async Task RestoreOrdersAsync(RestoreScene scene, IRestoreTarget target, TableSchema table)
    {
        await scene.CreateAsync(target, SchemaPhase.PreData);
        Assert.Equal(2, await target.LoadRowsAsync(table, SampleRows.Of("1\tone", "2\ttwo"), Token));
        await scene.CreateAsync(target, SchemaPhase.PostData);
        await target.CollectStatisticsAsync(Token);
        Assert.Empty((await target.CheckAsync(Token)).Findings);
    }

    private static async Task AssertOrdersAsync(RestoreScene scene)
    {
        Assert.Equal(2, await scene.Target.ScalarAsync<long>("SELECT count(*) FROM orders"));
        Assert.Equal(42, await scene.Target.ScalarAsync<long>("SELECT nextval('orders_id_seq')"));
        Assert.Equal(
            "all of them|2|1|t",
            await scene.Target.ScalarAsync<string>("""
                SELECT concat_ws('|', obj_description(oid), (SELECT count(*) FROM pg_index WHERE indrelid = c.oid),
                    (SELECT count(*) FROM pg_trigger WHERE tgrelid = c.oid), relacl IS NOT NULL) FROM pg_class c WHERE oid = 'orders'::regclass
                """));
    }
}
