namespace DataResilience.Integration.Tests.Selection;

/// <summary>
/// A chosen table may refer to a table that was not chosen, and a source may hold rows without a parent. Both are warnings that
/// count them: a copy that cannot be restored for a fault of the source would be no backup.
/// </summary>
public sealed class ForeignKeyTests
{
    [Fact]
    public async Task Rows_whose_parents_were_not_chosen_are_restored_and_counted_in_a_warning()
    {
        using Shop shop = await Shop.OpenAsync();
        Backup backup = await shop.BackUpAsync();

        RestoreResult restored = await shop.RestoreAsync(backup, "new.db", "orders");

        Assert.True(restored.IsVerified);
        string warning = Assert.Single(shop.Reporter.Warnings);
        Assert.Contains("3 rows of 'orders' have no parent in 'customers'", warning, StringComparison.Ordinal);
        Assert.Contains(restored.Steps, step => step.Detail.Contains("'customers'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_backup_of_chosen_tables_can_be_restored_whole()
    {
        using Shop shop = await Shop.OpenAsync();
        Backup backup = await shop.BackUpAsync("orders");

        RestoreResult restored = await shop.RestoreAsync(backup, "new.db");

        Assert.True(restored.IsVerified);
        Assert.Single(shop.Reporter.Warnings);
    }

    [Fact]
    public async Task Parents_that_are_in_the_target_already_count()
    {
        using Shop shop = await Shop.OpenAsync();
        Backup backup = await shop.BackUpAsync();

        await shop.RestoreAsync(backup, Shop.Database, new RestoreDatabaseRequest { Table = ["orders"], Replace = true });

        Assert.Empty(shop.Reporter.Warnings);
    }

    [Fact]
    public async Task Children_that_were_not_chosen_and_lose_their_parents_are_counted_in_a_warning()
    {
        using Shop shop = await Shop.OpenAsync();
        Backup backup = await shop.BackUpAsync();
        shop.Workspace.Execute(Shop.Database, "INSERT INTO customers VALUES(77, 'late')", "INSERT INTO orders VALUES(78, 77, 1), (79, 77, 1)");

        await shop.RestoreAsync(backup, Shop.Database, new RestoreDatabaseRequest { Table = ["customers"], Replace = true });

        Assert.Contains("2 rows of 'orders' have no parent in 'customers'", Assert.Single(shop.Reporter.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parent_without_the_index_that_its_children_need_is_no_fault_of_the_children()
    {
        using Shop shop = await Shop.OpenAsync();
        Backup backup = await shop.BackUpAsync();
        shop.Workspace.Execute("there.db", "CREATE TABLE customers(id INTEGER, name TEXT)");

        await shop.RestoreAsync(backup, "there.db", "orders");

        Assert.Contains("mismatch", Assert.Single(shop.Reporter.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_had_no_parent_in_the_source_is_restored_and_told()
    {
        using Shop shop = await Shop.OpenAsync();
        shop.Workspace.Execute(Shop.Database, "DELETE FROM customers WHERE id = 3");
        Backup backup = await shop.BackUpAsync();

        RestoreResult restored = await shop.RestoreAsync(backup, "new.db");

        Assert.True(restored.IsVerified);
        Assert.Contains(
            "1 row of 'orders' has no parent in 'customers'; so it is in the backup", Assert.Single(shop.Reporter.Warnings), StringComparison.Ordinal);
    }
}
