using DataResilience.Providers;
using DataResilience.Testing.Servers;
using Npgsql;

namespace DataResilience.PostgreSql.Tests;

[Trait("Category", "Server")]
public sealed class SchemaReaderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Versions => PostgreSqlServer.Versions;

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Every_object_is_read_with_the_table_it_belongs_to(string version)
    {
        await using TestDatabase database = await EveryObject.CreateAsync(PostgreSqlServer.Named(version), withExtensionTables: true);
        DatabaseSchema schema = await SnapshotSchema.ReadAsync(database);

        Assert.Equal("shop.customer", TableOf("table", "customer"));
        Assert.Equal("shop.customer", TableOf("constraint", "customer_pkey"));
        Assert.Equal("shop.customer", TableOf("index", "customer_tags"));
        Assert.Equal("shop.customer", TableOf("index", "odd index \"q\""));
        Assert.Equal("shop.customer", TableOf("trigger", "stamp"));
        Assert.Equal("shop.customer", TableOf("statistics", "customer_stats"));
        Assert.Equal("shop.customer", TableOf("sequence", "customer_id_seq"));
        Assert.Equal("shop.customer", TableOf("sequence owned by", "customer_id_seq"));
        Assert.Equal("shop.customer", TableOf("sequence set", "customer_id_seq"));
        Assert.Equal("shop.customer", TableOf("default", "id"));
        Assert.Equal("shop.customer", TableOf("comment", "COLUMN \"customer\".\"name\""));
        Assert.Equal("shop.customer", TableOf("comment", "INDEX \"customer_tags\""));
        Assert.Equal("shop.customer", TableOf("acl", "COLUMN \"customer\".\"id\""));
        Assert.Equal("shop.product", TableOf("sequence", "product_numbers"));
        Assert.Equal("shop.product", TableOf("rule", "no_delete"));
        Assert.Equal("shop.booking", TableOf("policy", "all rows"));
        Assert.Equal("shop.booking", TableOf("row security", "booking"));
        Assert.Equal("shop.booking", TableOf("fk constraint", "booking_customer_fkey"));
        Assert.Equal("shop.booking", TableOf("check constraint", "room_positive"));
        Assert.Equal("shop.far", TableOf("foreign table", "far"));
        Assert.Equal("odd schema/%.\"x.new\nline", TableOf("table", "new\nline"));

        Assert.Null(TableOf("view", "sad"));
        Assert.Null(TableOf("trigger", "instead"));
        Assert.Null(TableOf("index", "z_first_mood"));
        Assert.Null(TableOf("check constraint", "is_small"));
        Assert.Null(TableOf("sequence", "called"));
        Assert.Null(TableOf("publication table", "some tables customer"));
        Assert.Equal("shop.product", Find("fk constraint", "booking_product_fkey").Options[ObjectOption.References]);

        SchemaObject Find(string kind, string name) => schema.Objects.Single(item => item.Kind == kind && item.Name == name);
        string? TableOf(string kind, string name) => Find(kind, name).Table;
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Partitions_belong_to_their_table_and_what_is_on_them_to_themselves(string version)
    {
        await using TestDatabase database = await EveryObject.CreateAsync(PostgreSqlServer.Named(version));
        DatabaseSchema schema = await SnapshotSchema.ReadAsync(database);

        Assert.Equal("shop.measure", TableOf("table", "measure_2020"));
        Assert.Equal("shop.measure_2020", TableOf("table", "measure_2020_other"));
        Assert.Equal("shop.measure_2020_other", TableOf("table", "measure_2020_other_1"));
        Assert.Equal("shop.measure", TableOf("table", "measure_old"));
        Assert.Equal("archive.measure_old", TableOf("table attach", "measure_old"));
        Assert.Equal("archive.measure_old", TableOf("index attach", "measure_old_pkey"));
        Assert.Equal("archive.measure_old", TableOf("acl", "TABLE \"measure_old\""));
        Assert.Equal("shop.measure_2020_north", TableOf("constraint", "measure_2020_north_pkey"));

        string? TableOf(string kind, string name) => schema.Objects.Single(item => item.Kind == kind && item.Name == name).Table;
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Objects_come_after_what_they_need_and_the_end_has_its_order(string version)
    {
        await using TestDatabase database = await EveryObject.CreateAsync(PostgreSqlServer.Named(version));
        await EveryObject.AddSubscriptionAsync(database);
        DatabaseSchema schema = await SnapshotSchema.ReadAsync(database);

        var present = new HashSet<int>();
        foreach (SchemaObject item in schema.Objects)
        {
            Assert.All(item.DependsOn, id => Assert.Contains(id, present));
            Assert.True(present.Add(item.Id));
        }

        string[] last = [ObjectKind.Acl, ObjectKind.DefaultAcl, ObjectKind.Refresh, ObjectKind.EventTrigger, ObjectKind.Subscription];
        string[] kinds = [.. schema.Objects.Select(item => item.Kind)];
        int begin = Array.FindIndex(kinds, last.Contains);
        Assert.Empty(kinds.Skip(begin).Except([.. last, ObjectKind.Comment, ObjectKind.SecurityLabel]));
        int[] passes = [.. kinds.Skip(begin).Where(last.Contains).Select(kind => Math.Max(Array.IndexOf(last, kind), 1))];
        Assert.Equal(passes.Order(), passes);
        Assert.Equal([1, 2, 3, 4], passes.Distinct());
        Assert.Equal(schema.Objects.Select(item => item.Phase).Order(), schema.Objects.Select(item => item.Phase));
        Assert.Equal(
            ["z_first", "a_second", "m_third"],
            schema.Objects.Where(item => item.Kind == ObjectKind.Refresh).Select(item => item.Name));
        Assert.DoesNotContain(schema.Objects, item => item.Name.Contains("fake", StringComparison.Ordinal));
        Assert.DoesNotContain(schema.Objects, item => item.Definition.Contains(database.Name, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task The_definitions_make_the_same_schema_again(string version)
    {
        PostgreSqlServer server = PostgreSqlServer.Named(version);
        await using TestDatabase database = await EveryObject.CreateAsync(server);
        DatabaseSchema schema = await SnapshotSchema.ReadAsync(database);

        await using TestDatabase copy = await server.CreateDatabaseAsync("copy");
        await using NpgsqlConnection connection = await copy.OpenConnectionAsync();
        await ExecuteAsync(connection, "SET check_function_bodies = off; SET search_path = ''");
        foreach (SchemaObject item in schema.Objects.Where(item => item.Kind is not (ObjectKind.Acl or ObjectKind.DefaultAcl)))
        {
            await ExecuteAsync(
                connection,
                $"SET default_tablespace = {SqlName.Quote(item.Options.GetValueOrDefault(ObjectOption.Tablespace, ""))}".Replace("\"\"", "''", StringComparison.Ordinal)
                + $"; SET default_table_access_method = {SqlName.Quote(item.Options.GetValueOrDefault(ObjectOption.AccessMethod, "heap"))}");
            await ExecuteDefinitionAsync(connection, item.Definition);
        }

        Assert.Equal(await DumpAsync(database), await DumpAsync(copy));
        Assert.Equal(9007199254740993, await copy.ScalarAsync<long>("SELECT last_value FROM \"odd schema/%.\"\"x\".\"odd sequence é\""));
        Assert.Equal(3, await copy.ScalarAsync<long>("SELECT count(*) FROM pg_largeobject_metadata"));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task What_is_outside_of_the_archive_is_there(string version)
    {
        await using TestDatabase database = await EveryObject.CreateAsync(PostgreSqlServer.Named(version));
        DatabaseSchema schema = await SnapshotSchema.ReadAsync(database);

        Assert.Equal("UTF8", schema.Properties["encoding"]);
        Assert.Equal("every object, and a 'quote'", schema.Properties["comment"]);
        Assert.Equal("50", schema.Properties["connection_limit"]);
        Assert.Equal("'5MB'", schema.Properties["setting@work_mem"]);
        Assert.Equal("'$user', 'public', 'shop'", schema.Properties["setting@search_path"]);
        Assert.Equal("'90s'", schema.Properties["setting@statement_timeout@dr_reader"]);
        Assert.Equal("CONNECT,TEMPORARY", schema.Properties["grant@dr_reader"]);
        Assert.Contains("extension@hstore", schema.Properties.Keys);
        Assert.All(EveryObject.Roles.Except(["dr_group"]), role => Assert.Equal("", schema.Properties[$"role@{role}"]));
        Assert.Equal("", schema.Properties["role@postgres"]);
        Assert.Single(schema.Warnings, warning => warning.Contains("'shop.far'", StringComparison.Ordinal));
        Assert.Equal(2, schema.Objects.Count(item => item.Kind == ObjectKind.LargeObject));
        Assert.Equal(
            "GRANT SELECT ON LARGE OBJECT 70001 TO \"dr_reader\";",
            schema.Objects.Single(item => item.Name == "LARGE OBJECT 70001" && item.Kind == ObjectKind.Acl).Definition);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Roles_are_defined_where_asked_for(string version)
    {
        await using TestDatabase database = await EveryObject.CreateAsync(PostgreSqlServer.Named(version));
        DatabaseSchema schema = await SnapshotSchema.ReadAsync(database, includeRoles: true);

        Assert.StartsWith("CREATE ROLE \"dr_owner\" WITH NOSUPERUSER INHERIT NOCREATEROLE CREATEDB NOLOGIN", schema.Properties["role@dr_owner"], StringComparison.Ordinal);
        Assert.EndsWith("COMMENT ON ROLE \"dr_owner\" IS 'owns ''most'' of it';", schema.Properties["role@dr_owner"], StringComparison.Ordinal);
        Assert.Contains(" PASSWORD 'SCRAM-SHA-256$", schema.Properties["role@dr_writer"], StringComparison.Ordinal);
        Assert.Contains(schema.Properties, pair => pair.Key == "membership@1" && pair.Value.StartsWith("GRANT \"dr_group\" TO", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_standby_has_everything_but_the_rows_of_unlogged_tables()
    {
        PostgreSqlServer standby = PostgreSqlServer.Standby.Require();
        await using TestDatabase database = await EveryObject.CreateAsync(PostgreSqlServer.Release);
        DatabaseSchema primary = await SnapshotSchema.ReadAsync(database);
        string written = await database.ScalarAsync<string>("SELECT pg_current_wal_insert_lsn()::text");
        while (!await standby.ScalarAsync<bool>($"SELECT pg_last_wal_replay_lsn() >= '{written}'"))
        {
            Token.ThrowIfCancellationRequested();
        }

        DatabaseSchema schema = await SnapshotSchema.ReadAsync(standby, standby.Endpoint(database.Name));

        Assert.Equal(
            primary.Objects.Select(item => (item.Kind, item.Schema, item.Name, item.Table)),
            schema.Objects.Select(item => (item.Kind, item.Schema, item.Name, item.Table)));
        Assert.Equal(["shop.cache"], schema.Tables.Where(table => table.Options.ContainsKey(TableOption.Unreadable)).Select(table => table.QualifiedName));
        Assert.Contains(schema.Warnings, warning => warning.Contains("'shop.cache'", StringComparison.Ordinal));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }

    /// <summary>
    /// The driver takes statements apart at semicolons, those in the body of a function too, unless there is a positional parameter;
    /// then the server takes one statement only. It says so before it does anything.
    /// </summary>
    private static async Task ExecuteDefinitionAsync(NpgsqlConnection connection, string sql)
    {
        try
        {
            await using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.Add(new NpgsqlParameter { Value = 0 });
            await command.ExecuteNonQueryAsync(Token);
        }
        catch (PostgresException failure) when (failure.MessageText.StartsWith("cannot insert multiple commands", StringComparison.Ordinal))
        {
            await ExecuteAsync(connection, sql);
        }
    }

    private static async Task<string> DumpAsync(TestDatabase database)
    {
        string text = await new PostgreSqlClient(database.Server.Binaries).RunAsync(
            "pg_dump",
            ["--schema-only", "--no-owner", "--no-privileges", "--no-password", "--dbname", database.Endpoint.ToString()],
            Token);
        return string.Join('\n', text.Split('\n').Where(line => line.Length == 0 || line[0] != '\\'));
    }
}
