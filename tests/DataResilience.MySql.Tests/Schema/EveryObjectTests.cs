using DataResilience.Providers;
using DataResilience.Testing.Servers;

namespace DataResilience.MySql.Tests;

/// <summary>A schema that is read and made again is the same, as the server's own dump program sees it.</summary>
[Trait("Category", "Server")]
public sealed class EveryObjectTests
{
    [Theory]
    [MemberData(nameof(MySqlServer.Versions), MemberType = typeof(MySqlServer))]
    public async Task What_is_made_in_order_is_the_same_again(string server)
    {
        await using MySqlTestDatabase source = await MySqlEveryObject.CreateAsync(MySqlServer.Named(server));
        DatabaseSchema schema = await SourceSchema.ReadAsync(source);
        await using MySqlTestDatabase target = await source.Server.CreateDatabaseAsync("again", "CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");

        await Recreation.RunAsync(target, schema);

        Assert.Equal(await DumpAsync(source), await DumpAsync(target));
    }

    /// <summary>
    /// MariaDB writes the database's name in front of sequences. MySQL names the character set besides the collation as soon as
    /// the collation was given, which its own SHOW CREATE TABLE does.
    /// </summary>
    private static async Task<string[]> DumpAsync(MySqlTestDatabase database) =>
    [
        .. (await database.DumpSchemaAsync())
            .Replace(SqlText.Name(database.Name), "`database`", StringComparison.Ordinal)
            .Replace(" CHARACTER SET utf8mb4 COLLATE", " COLLATE", StringComparison.Ordinal)
            .Split('\n'),
    ];

    [Theory]
    [MemberData(nameof(MySqlServer.Versions), MemberType = typeof(MySqlServer))]
    public async Task Every_object_comes_after_what_it_needs(string server)
    {
        await using MySqlTestDatabase source = await MySqlEveryObject.CreateAsync(MySqlServer.Named(server));
        await MySqlEveryObject.AddLargeValueAsync(source);

        DatabaseSchema schema = await SourceSchema.ReadAsync(source, includeRoles: true);

        Assert.Equal(Enumerable.Range(1, schema.Objects.Count), schema.Objects.Select(item => item.Id));
        Assert.All(schema.Objects, item => Assert.All(item.DependsOn, need => Assert.True(need < item.Id)));
        Assert.Equal(schema.Objects.OrderBy(item => item.Phase).Select(item => item.Id), schema.Objects.Select(item => item.Id));
        Assert.All(schema.Objects.Where(item => item.Kind is ObjectKind.Index or ObjectKind.ForeignKey), item =>
            Assert.Equal($"ALTER TABLE {SqlText.Name(item.Table!)} ADD {item.Options[ObjectOption.Clause]}", item.Definition));
        Assert.Equal(
            await source.ScalarAsync<long>("SELECT CAST(LEAST(33554432, @@max_allowed_packet - 1048576) DIV 256 * 256 AS SIGNED)"),
            await source.ScalarAsync<long>("SELECT CAST(LENGTH(l) AS SIGNED) FROM bytes WHERE id = 1000"));
    }
}
