using System.Net;
using DataResilience.Testing;
using DataResilience.Testing.Servers;
using Npgsql;

namespace DataResilience.Integration.Tests.PostgreSql;

/// <summary>Tables that were not chosen need neither be readable nor be free.</summary>
[Collection(ServerTests.Name)]
[Trait("Category", "Server")]
public sealed class LeftOutTableTests
{
    private const string Schema =
        """"
        CREATE TABLE book (id int PRIMARY KEY, title text); INSERT INTO book VALUES (1, 'one');
        CREATE TABLE secret (id serial PRIMARY KEY, "of" int REFERENCES book);
        CREATE TABLE sale (id int PRIMARY KEY, secret int REFERENCES secret); INSERT INTO sale VALUES (7, NULL);
        CREATE VIEW open AS SELECT * FROM book; CREATE VIEW reveal AS SELECT * FROM secret;
        CREATE FUNCTION tell(s secret) RETURNS int LANGUAGE sql AS 'SELECT $1.id';
        CREATE SCHEMA "Odd.*$";
        CREATE TABLE "Odd.*$"."secret ""?""" (n int);
        CREATE TABLE parent (n int); CREATE TABLE child (m int) INHERITS (parent);
        GRANT USAGE ON SCHEMA "Odd.*$" TO drpassword;
        """";

    private static readonly string[] Unreadable = ["public.secret", "Odd.*$.secret \"?\""];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_table_that_may_not_be_read_is_left_out_with_what_needs_it()
    {
        using var work = new Workspace();
        await work.NewRepositoryAsync();
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync($"{Schema} GRANT SELECT ON book, sale, parent, child TO drpassword");

        DataResilienceException refused = await Assert.ThrowsAsync<DataResilienceException>(() => work.RunAsync(Request(work, AsUser(database))));
        Assert.Equal(Errors.PermissionDenied.Code, refused.ErrorCode);
        Assert.Contains("secret", refused.Message, StringComparison.Ordinal);

        Backup backup = await work.RunAsync(Request(work, AsUser(database)) with { ExcludeTable = Unreadable });
        await AssertRestoredAsync(work, backup, database);
    }

    [Fact]
    public async Task A_table_that_somebody_has_locked_is_left_out_without_waiting()
    {
        using var work = new Workspace();
        await work.NewRepositoryAsync();
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync(Schema);
        await using NpgsqlConnection holder = await database.OpenConnectionAsync();
        await new NpgsqlCommand("BEGIN; LOCK TABLE secret, \"Odd.*$\".\"secret \"\"?\"\"\"", holder).ExecuteNonQueryAsync(Token);

        Backup backup = await work.RunAsync(Request(work, database.Endpoint) with { ExcludeTable = Unreadable });

        await AssertRestoredAsync(work, backup, database);
    }

    [Fact]
    public async Task A_locked_table_that_a_function_in_SQL_reads_is_waited_for_since_to_write_that_down_is_to_lock_it()
    {
        using var work = new Workspace();
        await work.NewRepositoryAsync();
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE busy (n int); CREATE FUNCTION count() RETURNS bigint LANGUAGE sql RETURN (SELECT count(*) FROM busy)");
        await using NpgsqlConnection holder = await database.OpenConnectionAsync();
        await new NpgsqlCommand("BEGIN; LOCK TABLE busy", holder).ExecuteNonQueryAsync(Token);

        DataResilienceException failure = await Assert.ThrowsAsync<DataResilienceException>(() => work.RunAsync(
            Request(work, database.Endpoint) with { ExcludeTable = ["public.busy"], LockTimeout = TimeSpan.FromMilliseconds(100) }));

        Assert.Equal((Errors.TableLocked.Code, true), (failure.ErrorCode, failure.Message.Contains("'public.busy'", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Of_chosen_tables_one_that_may_not_be_read_is_named_and_so_is_what_they_need()
    {
        using var work = new Workspace();
        await work.NewRepositoryAsync();
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync($"{Schema} GRANT SELECT ON book, child TO drpassword");

        Backup book = await work.RunAsync(Request(work, AsUser(database)) with { Table = ["public.book"] });
        DataResilienceException chosen = await Assert.ThrowsAsync<DataResilienceException>(
            () => work.RunAsync(Request(work, AsUser(database)) with { Table = ["public.book", "public.secret"] }));
        DataResilienceException needed = await Assert.ThrowsAsync<DataResilienceException>(
            () => work.RunAsync(Request(work, AsUser(database)) with { Table = ["public.child"] }));

        Assert.Equal(1, book.Tables);
        Assert.Equal((Errors.PermissionDenied.Code, Errors.PermissionDenied.Code), (chosen.ErrorCode, needed.ErrorCode));
        Assert.Contains("'public.secret'", chosen.Message, StringComparison.Ordinal);
        Assert.Contains("'public.parent'", needed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_partition_may_be_left_out_and_a_whole_partitioned_table_too()
    {
        using var work = new Workspace();
        await work.NewRepositoryAsync();
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync(
            """
            CREATE TABLE book (id int);
            CREATE TABLE p (n int) PARTITION BY LIST (n);
            CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);
            INSERT INTO p VALUES (1), (2);
            GRANT SELECT ON book, p, p1 TO drpassword
            """);

        Backup some = await work.RunAsync(Request(work, AsUser(database)) with { ExcludeTable = ["public.p2"] });
        Backup none = await work.RunAsync(Request(work, AsUser(database)) with { ExcludeTable = ["public.p"] });

        Assert.Equal((2, 1), (some.Tables, none.Tables));
        await using TestDatabase copy = database.Server.NameDatabase("part");
        await work.RestoreAsync(some, copy.Endpoint);
        Assert.Equal("1", await copy.ScalarAsync<string>("SELECT string_agg(n::text, ',') FROM p"));
    }

    [Fact]
    public async Task Of_chosen_tables_one_without_rows_of_its_own_is_replaced_too_and_what_they_need_is_not()
    {
        using var work = new Workspace();
        await work.NewRepositoryAsync();
        const string Before =
            """
            CREATE TABLE parent (n int); CREATE TABLE child (m int) INHERITS (parent);
            CREATE TABLE p (n int, m int) PARTITION BY LIST (n)
            """;
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await database.ExecuteAsync(Before);
        Backup backup = await work.BackupAsync(database.Endpoint);
        await using TestDatabase target = await PostgreSqlServer.Release.CreateDatabaseAsync("target");
        await target.ExecuteAsync("CREATE TABLE parent (n int); INSERT INTO parent VALUES (5); CREATE TABLE p (old int) PARTITION BY LIST (old); CREATE TABLE child (old int)");

        await work.RunAsync(new RestoreDatabaseRequest
        {
            Repository = work.Repository,
            Backup = new BackupReference(backup.BackupId),
            Target = target.Endpoint,
            Table = ["public.child", "public.p"],
            SchemaOnly = true,
            Replace = true,
        });

        Assert.Equal("n,m", await target.ScalarAsync<string>("SELECT string_agg(attname::text, ',' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'p'::regclass AND attnum > 0"));
        Assert.Equal(5, await target.ScalarAsync<int>("SELECT n FROM parent"));
        Assert.Equal("parent", await target.ScalarAsync<string>("SELECT inhparent::regclass::text FROM pg_inherits WHERE inhrelid = 'child'::regclass"));
    }

    private static async Task AssertRestoredAsync(Workspace work, Backup backup, TestDatabase source)
    {
        Assert.Equal(4, backup.Tables);
        Assert.Contains(work.Reporter.Warnings, warning => warning.Contains("view 'public.reveal'", StringComparison.Ordinal));
        Assert.Contains(work.Reporter.Warnings, warning => warning.Contains("function 'public.tell(", StringComparison.Ordinal));
        Assert.Contains(work.Reporter.Warnings, warning => warning.Contains("fk constraint", StringComparison.Ordinal));
        await using TestDatabase copy = source.Server.NameDatabase("left out");
        await work.RestoreAsync(backup, copy.Endpoint);
        Assert.Equal("book,child,open,parent,sale", await copy.ScalarAsync<string>(
            "SELECT string_agg(relname::text, ',' ORDER BY relname) FROM pg_class WHERE relkind IN ('r', 'v', 'S') AND oid >= 16384 AND relnamespace = 'public'::regnamespace"));
        Assert.Equal(7, await copy.ScalarAsync<int>("SELECT id FROM sale"));
    }

    private static DatabaseEndpoint AsUser(TestDatabase database) => database.Server.Endpoint(database.Name, "drpassword")
        .WithPassword(new NetworkCredential("", PostgreSqlServer.Password).SecurePassword);

    private static BackupDatabaseRequest Request(Workspace work, DatabaseEndpoint source) =>
        new() { Repository = work.Repository, Source = source };
}
