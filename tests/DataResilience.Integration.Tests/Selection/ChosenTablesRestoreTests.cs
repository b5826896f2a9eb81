namespace DataResilience.Integration.Tests.Selection;

/// <summary>What comes out of a whole backup when tables are chosen.</summary>
public sealed class ChosenTablesRestoreTests
{
    private static readonly RestoreDatabaseRequest Orders = new() { Table = ["orders"] };

    [Fact]
    public async Task A_table_comes_into_a_new_database_with_its_indexes_and_triggers_alone()
    {
        using Shop shop = await Shop.OpenAsync();
        Backup backup = await shop.BackUpAsync();

        RestoreResult restored = await shop.RestoreAsync(backup, "new.db", "orders");

        Assert.True(restored.IsVerified);
        Assert.Equal((1, 3), (restored.Tables, restored.Rows));
        Assert.Equal(["index orders_customer", "index orders_dear", "table orders", "trigger orders_log"], shop.ObjectsOf("new.db"));
        Assert.Equal(shop.Query(Shop.Database, "SELECT * FROM orders"), shop.Query("new.db", "SELECT * FROM orders"));
    }

    [Fact]
    public async Task A_table_comes_into_an_existing_database_beside_what_is_there()
    {
        using Shop shop = await Shop.OpenAsync();
        Backup backup = await shop.BackUpAsync();
        shop.Workspace.Execute("there.db", "CREATE TABLE other(x)", "INSERT INTO other VALUES(1)");

        await shop.RestoreAsync(backup, "there.db", "customers");

        Assert.Equal(["table customers", "table other"], shop.ObjectsOf("there.db"));
        Assert.Equal(["i:1"], shop.Query("there.db", "SELECT x FROM other"));
        shop.Workspace.Execute("there.db", "DELETE FROM customers", "INSERT INTO customers(name) VALUES('next')");
        Assert.Equal(["i:4"], shop.Query("there.db", "SELECT id FROM customers"));
    }

    [Fact]
    public async Task A_table_that_is_there_is_refused_by_name_without_replace()
    {
        using Shop shop = await Shop.OpenAsync();
        Backup backup = await shop.BackUpAsync();

        DataResilienceException failure = await shop.RequireRefusedAsync(
            Errors.TargetTableExists, () => shop.RestoreAsync(backup, Shop.Database, "orders"));

        Assert.Contains("'orders'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_replace_the_chosen_table_is_as_it_was_and_the_others_are_as_they_are()
    {
        using Shop shop = await Shop.OpenAsync();
        Backup backup = await shop.BackUpAsync();
        IReadOnlyList<string> orders = shop.Query(Shop.Database, "SELECT * FROM orders");
        IReadOnlyList<string> schema = shop.Workspace.SchemaOf(Shop.Database);
        shop.Workspace.Execute(
            Shop.Database, "UPDATE orders SET total = 0", "INSERT INTO orders VALUES(9, 2, 9)", "UPDATE customers SET name = 'changed'", "CREATE TABLE newer(x)", "DROP INDEX orders_dear");

        await shop.RestoreAsync(backup, Shop.Database, Orders with { Replace = true });

        Assert.Equal(orders, shop.Query(Shop.Database, "SELECT * FROM orders"));
        Assert.Equal(schema, shop.Workspace.SchemaOf(Shop.Database).Where(line => !line.Contains("newer", StringComparison.Ordinal)));
        Assert.Equal(["t:changed"], shop.Query(Shop.Database, "SELECT DISTINCT name FROM customers"));
        Assert.Equal(["t:order 1", "t:order 2", "t:order 3", "t:order 9"], shop.Query(Shop.Database, "SELECT message FROM log"));
    }

    [Fact]
    public async Task Rows_alone_need_the_table()
    {
        using Shop shop = await Shop.OpenAsync();
        Backup backup = await shop.BackUpAsync();
        shop.Workspace.Execute("there.db", "CREATE TABLE other(x)");

        DataResilienceException failure = await shop.RequireRefusedAsync(
            Errors.TargetTableMissing, () => shop.RestoreAsync(backup, "there.db", Orders with { DataOnly = true }));

        Assert.Contains("'orders'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_alone_are_added_to_those_that_are_there_and_the_sum_is_proved()
    {
        using Shop shop = await Shop.OpenAsync();
        Backup backup = await shop.BackUpAsync();
        shop.Workspace.Execute("there.db", "CREATE TABLE orders(id INTEGER PRIMARY KEY, customer INTEGER NOT NULL, total REAL)", "INSERT INTO orders VALUES(100, 2, 7)");

        RestoreResult restored = await shop.RestoreAsync(backup, "there.db", Orders with { DataOnly = true });

        Assert.True(restored.IsVerified);
        Assert.Equal(3, restored.Rows);
        Assert.Equal(["i:1", "i:2", "i:3", "i:100"], shop.Query("there.db", "SELECT id FROM orders"));
    }

    [Fact]
    public async Task Rows_alone_that_collide_with_those_that_are_there_change_nothing()
    {
        using Shop shop = await Shop.OpenAsync();
        Backup backup = await shop.BackUpAsync();
        shop.Workspace.Execute("there.db", "CREATE TABLE orders(id INTEGER PRIMARY KEY, customer INTEGER NOT NULL, total REAL)", "INSERT INTO orders VALUES(2, 2, 7)");

        await shop.RequireRefusedAsync(Errors.RestoreCheckFailed, () => shop.RestoreAsync(backup, "there.db", Orders with { DataOnly = true }));
    }

    [Fact]
    public async Task With_replace_rows_alone_take_the_place_of_those_that_are_there()
    {
        using Shop shop = await Shop.OpenAsync();
        Backup backup = await shop.BackUpAsync();
        shop.Workspace.Execute(Shop.Database, "DELETE FROM orders WHERE id = 1", "INSERT INTO orders VALUES(50, 1, 1)", "DELETE FROM log");

        await shop.RestoreAsync(backup, Shop.Database, Orders with { DataOnly = true, Replace = true });

        Assert.Equal(["i:1", "i:2", "i:3"], shop.Query(Shop.Database, "SELECT id FROM orders"));
        Assert.Empty(shop.Query(Shop.Database, "SELECT * FROM log"));
    }

    [Fact]
    public async Task The_schema_alone_of_a_table_comes_without_rows()
    {
        using Shop shop = await Shop.OpenAsync();
        Backup backup = await shop.BackUpAsync();

        RestoreResult restored = await shop.RestoreAsync(backup, "new.db", Orders with { SchemaOnly = true });

        Assert.False(restored.IsVerified);
        Assert.Equal(0, restored.Rows);
        Assert.Empty(shop.Query("new.db", "SELECT * FROM orders"));
        Assert.Equal(["index orders_customer", "index orders_dear", "table orders", "trigger orders_log"], shop.ObjectsOf("new.db"));
    }

    [Theory]
    [InlineData("new.db")]
    [InlineData(Shop.Database)]
    public async Task A_full_text_table_brings_its_shadow_tables(string target)
    {
        using Shop shop = await Shop.OpenAsync();
        Backup backup = await shop.BackUpAsync();
        shop.Workspace.Execute(Shop.Database, "INSERT INTO search VALUES('Zoe')");

        await shop.RestoreAsync(backup, target, new RestoreDatabaseRequest { Table = ["search"], Replace = target == Shop.Database });

        Assert.Equal(["t:Bob"], shop.Query(target, "SELECT name FROM search WHERE search MATCH 'bob'"));
        Assert.Empty(shop.Query(target, "SELECT name FROM search WHERE search MATCH 'zoe'"));
        shop.Workspace.Execute(target, "INSERT INTO search(search) VALUES('integrity-check')");
    }

    [Fact]
    public async Task A_full_text_table_that_is_left_out_leaves_no_shadow_table_behind()
    {
        using Shop shop = await Shop.OpenAsync();
        Backup backup = await shop.BackUpAsync();

        await shop.RestoreAsync(backup, "new.db", new RestoreDatabaseRequest { ExcludeTable = ["search"] });

        Assert.DoesNotContain(shop.ObjectsOf("new.db"), name => name.Contains("search", StringComparison.Ordinal));
        Assert.Contains("view totals", shop.ObjectsOf("new.db"));
    }

    [Fact]
    public async Task A_table_that_the_backup_does_not_have_is_refused_by_name()
    {
        using Shop shop = await Shop.OpenAsync();
        Backup backup = await shop.BackUpAsync("orders");

        DataResilienceException failure = await shop.RequireRefusedAsync(
            Errors.TableNotInBackup, () => shop.RestoreAsync(backup, "new.db", "customers"));

        Assert.Contains("'customers'", failure.Message, StringComparison.Ordinal);
    }
}
