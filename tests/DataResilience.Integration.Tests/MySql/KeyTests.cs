using DataResilience.Testing.Servers;

namespace DataResilience.Integration.Tests.MySql;

/// <summary>Keys of every sort, and many columns.</summary>
[Collection(ServerTests.Name)]
[Trait("Category", "Server")]
public sealed class KeyTests
{
    [Theory]
    [MemberData(nameof(MySqlServer.Versions), MemberType = typeof(MySqlServer))]
    public async Task Tables_with_keys_of_every_sort_and_a_thousand_columns_come_back_in_several_ranges(string server)
    {
        await using MySqlTestDatabase database = await MySqlServer.Named(server).Require().CreateDatabaseAsync("keys");
        await using MySqlTestDatabase copy = database.Server.NameDatabase("keys_copy");
        string columns = string.Join(", ", Enumerable.Range(1, 1000).Select(place => $"c{place} int"));
        await database.RunScriptAsync(
            $"""
            CREATE TABLE digits(d int PRIMARY KEY);
            INSERT INTO digits VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9);
            CREATE TABLE numbers(n int PRIMARY KEY);
            INSERT INTO numbers SELECT a.d + 10 * b.d + 100 * c.d + 1000 * d.d FROM digits a, digits b, digits c, digits d;
            CREATE TABLE keyless(a int, b varchar(2000));
            INSERT INTO keyless SELECT n, repeat(sha2(n, 256), 30) FROM numbers;
            CREATE TABLE composite(a int, b varchar(20), c datetime, filler varchar(8000), PRIMARY KEY (b, a, c)) CHARACTER SET latin1;
            INSERT INTO composite SELECT n % 100, CONCAT('k', n DIV 100), '2020-02-03 04:05:06' + interval n second, repeat(sha2(n, 256), 120) FROM numbers;
            CREATE TABLE words(word varchar(60) PRIMARY KEY, filler varchar(8000)) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
            INSERT INTO words SELECT CONCAT(ELT(1 + n % 4, 'É', 'e', 'Z', 'ß'), left(sha2(n, 256), 40)), repeat(sha2(n, 256), 120) FROM numbers;
            CREATE TABLE wide({columns});
            INSERT INTO wide(c1, c1000) SELECT n, -n FROM numbers;
            ANALYZE TABLE keyless, composite, words, wide;
            """);
        using var workspace = new Workspace();
        await workspace.NewRepositoryAsync();

        Backup backup = await workspace.BackupAsync(database.Login);
        RestoreResult restored = await workspace.RestoreAsync(backup, copy.Login);

        Assert.True(restored.IsVerified);
        Assert.Equal(40_000L + 10_000 + 10, backup.Rows);
        await Checksums.RequireEqualAsync(database, copy);
    }
}
