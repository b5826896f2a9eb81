using System.Net;
using DataResilience.Testing;
using DataResilience.Testing.Servers;

namespace DataResilience.Integration.Tests.PostgreSql;

/// <summary>Whole databases through roles that have what docs/postgresql.md calls the least, and nothing more.</summary>
[Collection(ServerTests.Name)]
[Trait("Category", "Server")]
public sealed class LeastRightsTests(ITestOutputHelper output)
{
    private const string Schema =
        """
        CREATE SCHEMA shop;
        CREATE EXTENSION citext SCHEMA shop;
        CREATE TYPE shop.mood AS ENUM ('ok', 'bad');
        CREATE DOMAIN shop.amount AS numeric CHECK (VALUE >= 0);
        CREATE TABLE shop.customer (
            id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name shop.citext NOT NULL UNIQUE, mood shop.mood DEFAULT 'ok',
            up text GENERATED ALWAYS AS (upper(name::text)) STORED);
        CREATE TABLE shop.sale (id serial PRIMARY KEY, customer int NOT NULL REFERENCES shop.customer ON DELETE CASCADE, sum shop.amount);
        CREATE TABLE shop.measure (n int, at date NOT NULL) PARTITION BY RANGE (at);
        CREATE TABLE shop.measure_old PARTITION OF shop.measure FOR VALUES FROM (MINVALUE) TO ('2026-01-01');
        CREATE TABLE shop.measure_new PARTITION OF shop.measure DEFAULT;
        CREATE UNLOGGED TABLE shop.cache (n int);
        CREATE TABLE shop."Odd.name %" (n int) INHERITS (shop.cache);
        CREATE INDEX ON shop.measure (at);
        CREATE STATISTICS shop.related ON customer, sum FROM shop.sale;
        CREATE FUNCTION shop.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.sum := NEW.sum + 0; RETURN NEW; END';
        CREATE TRIGGER touch BEFORE INSERT ON shop.sale FOR EACH ROW EXECUTE FUNCTION shop.touch();
        CREATE VIEW shop.of_customers AS SELECT c.name, s.sum FROM shop.customer c JOIN shop.sale s ON s.customer = c.id;
        CREATE MATERIALIZED VIEW shop.sums AS SELECT customer, sum(sum) FROM shop.sale GROUP BY customer;
        CREATE PUBLICATION changes FOR TABLE shop.sale;
        COMMENT ON TABLE shop.sale IS 'what was sold';
        GRANT SELECT ON shop.of_customers TO drpassword;
        REVOKE EXECUTE ON FUNCTION shop.touch() FROM PUBLIC;
        ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT SELECT ON TABLES TO drpassword;
        INSERT INTO shop.customer (name) SELECT 'customer ' || i FROM generate_series(1, 1000) i;
        INSERT INTO shop.sale (customer, sum) SELECT i, i * 1.5 FROM generate_series(1, 1000) i;
        INSERT INTO shop.measure SELECT i, date '2025-12-01' + i % 60 FROM generate_series(1, 1000) i;
        INSERT INTO shop.cache VALUES (1);
        SELECT lo_from_bytea(0, decode(repeat('ab', 5000), 'hex'));
        REFRESH MATERIALIZED VIEW shop.sums;
        """;

    public static TheoryData<string> Versions => PostgreSqlServer.Versions;

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_database_is_backed_up_by_one_who_may_only_read_and_restored_by_one_who_may_only_make_databases(string version)
    {
        PostgreSqlServer server = PostgreSqlServer.Named(version).Require();
        await using var roles = await LeastRoles.CreateAsync(server);
        await using TestDatabase database = await MakeAsync(server, roles);
        await using TestDatabase copy = server.NameDatabase("least_copy");
        using var work = new Workspace();
        await work.NewRepositoryAsync();

        Backup backup = await work.BackupAsync(As(roles.Reader, database));
        RestoreResult restored = await work.RestoreAsync(backup, As(roles.Restorer, copy));

        Assert.True(restored.IsVerified);
        Assert.Equal(5000, await copy.ScalarAsync<int>("SELECT length(lo_get(oid)) FROM pg_largeobject_metadata"));
        Assert.Empty(work.Reporter.Warnings);
        SchemaText.RequireEqual(await database.PgDumpSchemaAsync(), await copy.PgDumpSchemaAsync());
        Assert.Equal(roles.Owner, await copy.ScalarAsync<string>("SELECT datdba::regrole::text FROM pg_database WHERE datname = current_database()"));
    }

    [Fact]
    public async Task What_only_a_superuser_may_make_is_named_and_nothing_is_left()
    {
        PostgreSqlServer server = PostgreSqlServer.Release.Require();
        await using var roles = await LeastRoles.CreateAsync(server);
        await using TestDatabase database = await MakeAsync(server, roles);
        await database.ExecuteAsync(
            $"""
            SET ROLE {roles.Owner};
            CREATE FUNCTION shop.watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
            RESET ROLE;
            CREATE EVENT TRIGGER watcher ON sql_drop EXECUTE FUNCTION shop.watch()
            """);
        await using TestDatabase copy = server.NameDatabase("least_copy");
        using var work = new Workspace();
        await work.NewRepositoryAsync();
        Backup backup = await work.BackupAsync(As(roles.Reader, database));

        DataResilienceException failure = await Assert.ThrowsAsync<DataResilienceException>(() => work.RunAsync(new RestoreDatabaseRequest
        {
            Repository = work.Repository,
            Backup = new BackupReference(backup.BackupId),
            Target = As(roles.Restorer, copy),
            NoOwner = true,
        }));

        Assert.Equal(Errors.ObjectNotCreated.Code, failure.ErrorCode);
        Assert.Contains("event trigger 'watcher'", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0L, await server.ScalarAsync<long>($"SELECT count(*) FROM pg_database WHERE datname = '{copy.Name}' OR shobj_description(oid, 'pg_database') LIKE '%{copy.Name}%'"));
    }

    [Fact]
    public async Task One_who_may_only_read_keeps_no_rows_that_a_policy_hides_from_them()
    {
        PostgreSqlServer server = PostgreSqlServer.Release.Require();
        await using var roles = await LeastRoles.CreateAsync(server);
        await using TestDatabase database = await MakeAsync(server, roles);
        await database.ExecuteAsync("ALTER TABLE shop.sale ENABLE ROW LEVEL SECURITY");
        using var work = new Workspace();
        await work.NewRepositoryAsync();

        DataResilienceException failure = await Assert.ThrowsAsync<DataResilienceException>(() => work.BackupAsync(As(roles.Reader, database)));

        Assert.Equal(Errors.PermissionDenied.Code, failure.ErrorCode);
        Assert.Contains("\"sale\"", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task One_who_is_no_member_of_the_owners_restores_without_them(string version)
    {
        PostgreSqlServer server = PostgreSqlServer.Named(version).Require();
        await using var roles = await LeastRoles.CreateAsync(server);
        await using TestDatabase database = await MakeAsync(server, roles);
        await using TestDatabase copy = server.NameDatabase("least_copy");
        using var work = new Workspace();
        await work.NewRepositoryAsync();
        Backup backup = await work.BackupAsync(As(roles.Reader, database));
        var request = new RestoreDatabaseRequest { Repository = work.Repository, Backup = new BackupReference(backup.BackupId), Target = As(roles.Stranger, copy) };

        DataResilienceException largeObjects = await Assert.ThrowsAsync<DataResilienceException>(() => work.RunAsync(request with { NoOwner = true }));
        request = request with { ExcludeTable = ["pg_catalog.pg_largeobject"] };
        DataResilienceException owners = await Assert.ThrowsAsync<DataResilienceException>(() => work.RunAsync(request));
        RestoreResult restored = await work.RunAsync(request with { NoOwner = true, NoPrivileges = true });

        output.WriteLine($"{owners.ErrorCode}: {owners.Message} {owners.RecommendedAction}");
        Assert.Equal((Errors.TargetPermissionDenied.Code, true), (owners.ErrorCode, owners.Message.Contains($"'{roles.Guest}'", StringComparison.Ordinal)));
        Assert.Equal((Errors.TargetPermissionDenied.Code, true), (largeObjects.ErrorCode, largeObjects.Message.Contains("pg_read_all_data", StringComparison.Ordinal)));
        Assert.True(restored.IsVerified);
        Assert.Equal(
            $"{roles.Stranger},t", await copy.ScalarAsync<string>("SELECT concat_ws(',', relowner::regrole, relacl IS NULL) FROM pg_class WHERE oid = 'shop.of_customers'::regclass"));
    }

    private static async Task<TestDatabase> MakeAsync(PostgreSqlServer server, LeastRoles roles)
    {
        TestDatabase database = await server.CreateDatabaseAsync("least", $"OWNER {roles.Owner}");
        await database.ExecuteAsync($"REVOKE CONNECT ON DATABASE {database.Name} FROM PUBLIC; GRANT CONNECT ON DATABASE {database.Name} TO {roles.Reader}");
        await database.ExecuteAsync($"SET ROLE {roles.Owner}; {Schema}");
        await database.ExecuteAsync(
            $"""
            GRANT CREATE ON DATABASE {database.Name} TO {roles.Guest};
            GRANT USAGE ON SCHEMA shop TO {roles.Guest};
            GRANT REFERENCES ON shop.customer TO {roles.Guest};
            GRANT CREATE ON SCHEMA public TO {roles.Guest};
            SET ROLE {roles.Guest};
            CREATE SCHEMA own;
            CREATE TABLE own.note (customer int REFERENCES shop.customer);
            CREATE TABLE public.guest (id int PRIMARY KEY);
            INSERT INTO own.note VALUES (7)
            """);
        return database;
    }

    private static DatabaseEndpoint As(string role, TestDatabase database) => database.Server.Endpoint(database.Name, role)
        .WithPassword(new NetworkCredential("", PostgreSqlServer.Password).SecurePassword);

    /// <summary>Roles that are dropped with the test.</summary>
    private sealed class LeastRoles(PostgreSqlServer server) : IAsyncDisposable
    {
        private readonly string suffix = $"{Guid.NewGuid():N}"[..12];

        internal string Owner => $"dr_least_owner_{suffix}";

        /// <summary>Owns something in a database of the owner's.</summary>
        internal string Guest => $"dr_least_guest_{suffix}";

        /// <summary>Reads everything and may do nothing else.</summary>
        internal string Reader => $"dr_least_reader_{suffix}";

        /// <summary>Makes databases, also for the owner.</summary>
        internal string Restorer => $"dr_least_restorer_{suffix}";

        /// <summary>Makes databases of its own.</summary>
        internal string Stranger => $"dr_least_stranger_{suffix}";

        internal static async Task<LeastRoles> CreateAsync(PostgreSqlServer server)
        {
            var roles = new LeastRoles(server);
            await server.ExecuteAsync(
                $"""
                CREATE ROLE {roles.Owner};
                CREATE ROLE {roles.Guest};
                CREATE ROLE {roles.Reader} LOGIN PASSWORD '{PostgreSqlServer.Password}' IN ROLE pg_read_all_data;
                CREATE ROLE {roles.Restorer} LOGIN CREATEDB PASSWORD '{PostgreSqlServer.Password}' IN ROLE {roles.Owner}, {roles.Guest}, pg_read_all_data;
                CREATE ROLE {roles.Stranger} LOGIN CREATEDB PASSWORD '{PostgreSqlServer.Password}'
                """);
            return roles;
        }

        public async ValueTask DisposeAsync() => await server.ExecuteAsync($"DROP ROLE {Owner}, {Guest}, {Reader}, {Restorer}, {Stranger}");
    }
}
