using DataResilience.Engine.Tests.Backup;
using DataResilience.Testing.Databases;

namespace DataResilience.Engine.Tests.Restore;

/// <summary>A chosen table is restored without the foreign key to one that is neither chosen nor there.</summary>
public sealed class DroppedObjectTests
{
    private static readonly MemoryObject Key = new("constraint", "users_key", "users", "users");
    private static readonly MemoryObject ForeignKey = new("fk constraint", "orders_user", "orders", "orders", "users_key");

    [Fact]
    public async Task Into_a_new_database_it_is_left_out_with_a_warning()
    {
        using RangeScene scene = await OpenAsync();

        await scene.RestoreAsync(Orders(await scene.BackUpAsync()));

        Assert.Equal(["orders"], scene.Databases["target"].Tables.Keys);
        Assert.Empty(scene.Databases["target"].Objects);
        Assert.Contains("'orders_user'", Assert.Single(scene.LeftOut), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Into_a_database_that_has_the_other_table_it_comes()
    {
        using RangeScene scene = await OpenAsync();
        DataResilience.Backup backup = await scene.BackUpAsync();
        scene.Databases["target"] = new MemoryDatabase().With("users", ["someone"]);

        await scene.RestoreAsync(Orders(backup));

        Assert.Equal(["orders_user"], scene.Databases["target"].Objects.Select(item => item.Name));
        Assert.Equal(["someone"], scene.Databases["target"].Tables["users"]);
        Assert.Empty(scene.LeftOut);
    }

    [Fact]
    public async Task Rows_alone_need_no_warning()
    {
        using RangeScene scene = await OpenAsync();
        DataResilience.Backup backup = await scene.BackUpAsync();
        scene.Databases["target"] = new MemoryDatabase().With("orders", []);

        await scene.RestoreAsync(Orders(backup) with { DataOnly = true });

        Assert.Empty(scene.LeftOut);
        Assert.Equal(20, scene.Databases["target"].Tables["orders"].Count);
    }

    private static Task<RangeScene> OpenAsync() => RangeScene.OpenAsync(
        new MemoryDatabase().With("users", MemoryDatabase.Rows(10, 1)).With("orders", MemoryDatabase.Rows(20, 2)).With(Key).With(ForeignKey),
        rowsInRange: 7);

    private static RestoreDatabaseRequest Orders(DataResilience.Backup backup) => new()
    {
        Backup = new BackupReference(backup.BackupId),
        Target = MemoryDatabaseProvider.Endpoint("target"),
        Table = ["orders"],
    };
}
