namespace DataResilience.Integration.Tests.Selection;

/// <summary>What a backup takes when tables are chosen, shown by restoring all of it.</summary>
public sealed class ChosenTablesBackupTests
{
    [Fact]
    public async Task Only_what_the_wildcards_match_is_taken_with_what_belongs_to_it()
    {
        using Shop shop = await Shop.OpenAsync();

        Backup backup = await shop.BackUpAsync("ORDER*", "l?g");
        await shop.RestoreAsync(backup, "copy.db");

        Assert.Equal(3, backup.Tables);
        Assert.Equal(8, backup.Rows);
        Assert.Equal(
            ["index orders_customer", "index orders_dear", "table log", "table order_notes", "table orders", "trigger orders_log"],
            shop.ObjectsOf("copy.db"));
    }

    [Fact]
    public async Task What_is_left_out_goes_with_what_belongs_to_it_and_a_virtual_table_with_its_shadow_tables()
    {
        using Shop shop = await Shop.OpenAsync();

        Backup backup = await shop.BackUpAsync(new BackupDatabaseRequest { ExcludeTable = ["order*", "search"] });
        await shop.RestoreAsync(backup, "copy.db");

        Assert.Equal(["table customers", "table log", "view totals"], shop.ObjectsOf("copy.db"));
        Assert.Empty(shop.Reporter.Warnings);
    }

    [Fact]
    public async Task A_pattern_that_matches_no_table_is_refused_by_name()
    {
        using Shop shop = await Shop.OpenAsync();

        DataResilienceException failure = await shop.RequireRefusedAsync(Errors.NothingMatched, () => shop.BackUpAsync("orders", "invoices*"));

        Assert.Contains("invoices*", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("'orders'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaving_out_a_table_that_is_not_there_is_warned_of()
    {
        using Shop shop = await Shop.OpenAsync();

        Backup backup = await shop.BackUpAsync(new BackupDatabaseRequest { ExcludeTable = ["log", "logs"] });

        Assert.Contains("'logs'", Assert.Single(shop.Reporter.Warnings), StringComparison.Ordinal);
        await shop.RestoreAsync(backup, "copy.db");
        Assert.DoesNotContain("table log", shop.ObjectsOf("copy.db"));
    }

    [Fact]
    public async Task Leaving_out_everything_is_nothing_to_back_up()
    {
        using Shop shop = await Shop.OpenAsync();

        await shop.RequireRefusedAsync(Errors.NothingMatched, () => shop.BackUpAsync(new BackupDatabaseRequest { Table = ["log"], ExcludeTable = ["l*"] }));
    }

    [Fact]
    public async Task A_backup_of_the_schema_alone_holds_no_row()
    {
        using Shop shop = await Shop.OpenAsync();

        Backup backup = await shop.BackUpAsync(new BackupDatabaseRequest { SchemaOnly = true });
        RestoreResult restored = await shop.RestoreAsync(backup, "copy.db");

        Assert.Equal(0, backup.Rows);
        Assert.Equal(0, restored.Rows);
        Assert.Equal(shop.Workspace.SchemaOf(Shop.Database), shop.Workspace.SchemaOf("copy.db"));
        Assert.Equal(["i:0"], shop.Query("copy.db", "SELECT (SELECT count(*) FROM orders) + (SELECT count(*) FROM customers)"));
        Assert.Empty(shop.Query("copy.db", "SELECT * FROM search WHERE search MATCH 'Ada'"));
        shop.Workspace.Execute("copy.db", "INSERT INTO search VALUES('works')", "INSERT INTO customers(name) VALUES('first')");
        Assert.Equal(["i:1"], shop.Query("copy.db", "SELECT id FROM customers"));
    }
}
