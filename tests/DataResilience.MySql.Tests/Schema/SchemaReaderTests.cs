using DataResilience.Providers;
using DataResilience.Testing.Servers;

namespace DataResilience.MySql.Tests;

/// <summary>What a schema says besides the definitions, and what it says where something cannot be read.</summary>
[Trait("Category", "Server")]
public sealed class SchemaReaderTests
{
    [Theory]
    [MemberData(nameof(MySqlServer.Versions), MemberType = typeof(MySqlServer))]
    public async Task A_table_has_the_columns_of_its_rows_and_their_key(string server)
    {
        await using MySqlTestDatabase database = await MySqlServer.Named(server).CreateDatabaseAsync();
        await database.RunScriptAsync(
            """
            CREATE TABLE a (n int, v int GENERATED ALWAYS AS (n + 1) VIRTUAL, s int GENERATED ALWAYS AS (n + 2) STORED,
                h varchar(5) CHARACTER SET latin1 DEFAULT 'h' INVISIBLE, f float, e enum('','x'), id int NOT NULL, UNIQUE KEY maybe (n), UNIQUE KEY sure (id, s), UNIQUE KEY surer (id));
            CREATE TABLE b (n int);
            CREATE TABLE c (x char(3) NOT NULL, y int NOT NULL, PRIMARY KEY (y, x(2)));
            """);

        DatabaseSchema schema = await SourceSchema.ReadAsync(database);

        TableSchema[] tables = [.. schema.Tables];
        Assert.Equal(["a", "b", "c"], tables.Select(table => table.QualifiedName));
        Assert.Equal(["n", "h", "f", "e", "id"], tables[0].Columns.Select(column => column.Name));
        Assert.Equal("varchar(5) CHARACTER SET latin1 COLLATE latin1_swedish_ci", tables[0].Columns[1].Type);
        Assert.Equal(["", "", ColumnEncoding.Double, ColumnEncoding.Index, ""], tables[0].Columns.Select(column => column.Encoding));
        Assert.Equal(["id", "", "y,x"], tables.Select(table => string.Join(',', table.KeyColumns)));
        Assert.All(tables, table => Assert.Equal("InnoDB", table.Options[TableOption.StorageEngine]));
        Assert.Equal("utf8mb4", schema.Properties[DatabaseProperty.CharacterSet]);
        Assert.Empty(schema.Warnings);
    }

    [Fact]
    public async Task A_key_that_the_server_computes_is_no_key_of_the_rows()
    {
        await using MySqlTestDatabase database = await MySqlServer.MySql.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE t (x int NOT NULL, s int GENERATED ALWAYS AS (x + 1) STORED NOT NULL, PRIMARY KEY (x, s))");

        Assert.Empty(Assert.Single((await SourceSchema.ReadAsync(database)).Tables).KeyColumns);
    }

    [Theory]
    [MemberData(nameof(MySqlServer.Versions), MemberType = typeof(MySqlServer))]
    public async Task A_table_that_is_not_taken_is_known_by_name_alone(string server)
    {
        await using MySqlTestDatabase database = await MySqlServer.Named(server).CreateDatabaseAsync();
        await database.RunScriptAsync(
            """
            CREATE TABLE taken (id int PRIMARY KEY);
            CREATE TABLE other (id int PRIMARY KEY, FOREIGN KEY (id) REFERENCES taken (id));
            CREATE TABLE third (id int PRIMARY KEY, FOREIGN KEY (id) REFERENCES other (id));
            """);

        DatabaseSchema schema = await SourceSchema.ReadAsync(database, names => names[0] != "other");

        SchemaObject other = schema.Objects.Single(item => item is { Kind: ObjectKind.Table, Name: "other" });
        Assert.Equal("", other.Definition);
        Assert.Equal(["other", "taken", "third"], schema.Tables.Select(table => table.Name));
        Assert.Contains(other.Id, Assert.Single(schema.Objects, item => item.Kind == ObjectKind.ForeignKey).DependsOn);
    }

    [Theory]
    [MemberData(nameof(MySqlServer.Versions), MemberType = typeof(MySqlServer))]
    public async Task What_leads_elsewhere_or_does_not_work_is_said(string server)
    {
        await using MySqlTestDatabase elsewhere = await MySqlServer.Named(server).CreateDatabaseAsync("elsewhere");
        await using MySqlTestDatabase database = await elsewhere.Server.CreateDatabaseAsync();
        await elsewhere.ExecuteAsync("CREATE TABLE far (id int PRIMARY KEY)");
        await database.RunScriptAsync(
            $"""
            CREATE TABLE near (id int PRIMARY KEY, gone int, CONSTRAINT out_there FOREIGN KEY (id) REFERENCES {elsewhere.Name}.far (id));
            CREATE VIEW broken AS SELECT gone FROM near;
            CREATE VIEW outside AS SELECT n.id FROM near n JOIN {elsewhere.Name}.far f ON f.id = n.id JOIN {database.Name}.near m ON m.id = n.id;
            CREATE PROCEDURE by_name() SELECT * FROM {database.Name}.near;
            CREATE TABLE merged (id int) ENGINE=MRG_MyISAM UNION=();
            ALTER TABLE near DROP COLUMN gone;
            """);

        DatabaseSchema schema = await SourceSchema.ReadAsync(database);

        Assert.Collection(
            schema.Warnings.Order(StringComparer.Ordinal),
            sentence => Assert.StartsWith($"The foreign key 'out_there' of the table 'near' refers to the database '{elsewhere.Name}'", sentence, StringComparison.Ordinal),
            sentence => Assert.StartsWith($"The procedure 'by_name' names the database '{database.Name}'", sentence, StringComparison.Ordinal),
            sentence => Assert.StartsWith("The rows that the table 'merged' shows", sentence, StringComparison.Ordinal),
            sentence => Assert.StartsWith("The server cannot use the view 'broken'", sentence, StringComparison.Ordinal),
            sentence => Assert.StartsWith($"The view 'outside' uses the database '{elsewhere.Name}'", sentence, StringComparison.Ordinal));
        SchemaObject[] views = [.. schema.Objects.Where(item => item.Kind == ObjectKind.View)];
        Assert.True(views[0].Options.ContainsKey(ObjectOption.Invalid));
        Assert.DoesNotContain(database.Name, views[1].Definition, StringComparison.Ordinal);
        Assert.Equal(["near"], schema.Tables.Select(table => table.Name));
    }

    [Theory]
    [MemberData(nameof(MySqlServer.Versions), MemberType = typeof(MySqlServer))]
    public async Task What_the_account_may_not_see_is_said(string server)
    {
        await using MySqlTestDatabase database = await MySqlServer.Named(server).CreateDatabaseAsync();
        await database.RunScriptAsync("CREATE TABLE t (a int, b int); CREATE TABLE u (a int)");
        await using TestAccount account = await TestAccount.CreateAsync(database, $"GRANT SELECT ON t TO", "GRANT SELECT (a) ON u TO", "GRANT EVENT ON * TO");

        DatabaseSchema schema = await SourceSchema.ReadAsync(database, names => names[0] == "t", includeRoles: true, user: account.Name);

        string[] kinds = ["tables", "views", "triggers", "routines"];
        Assert.All(kinds, kind => Assert.Single(schema.Warnings, sentence => sentence.Contains($"hides {kind} ", StringComparison.Ordinal)));
        Assert.Single(schema.Warnings, sentence => sentence.StartsWith("The accounts of the database are left out", StringComparison.Ordinal));
        Assert.Equal(kinds.Length + 1, schema.Warnings.Count);
    }

    [Theory]
    [MemberData(nameof(MySqlServer.Versions), MemberType = typeof(MySqlServer))]
    public async Task A_table_that_may_be_read_in_part_is_refused(string server)
    {
        await using MySqlTestDatabase database = await MySqlServer.Named(server).CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE t (a int, b int)");
        await using TestAccount account = await TestAccount.CreateAsync(database, "GRANT SELECT (a) ON t TO");

        DataResilienceException refused = await Assert.ThrowsAsync<DataResilienceException>(() => SourceSchema.ReadAsync(database, user: account.Name));

        Assert.Matches("denied to user .* for table .*t['`]", refused.Message);
    }

    [Theory]
    [MemberData(nameof(MySqlServer.Versions), MemberType = typeof(MySqlServer))]
    public async Task A_database_whose_name_differs_by_case_is_another_one(string server)
    {
        await using MySqlTestDatabase database = await MySqlServer.Named(server).CreateDatabaseAsync("case");
        await using var other = new MySqlTestDatabase(database.Server, database.Name.ToUpperInvariant());
        await database.Server.ExecuteAsync($"CREATE DATABASE {MySqlServer.Quote(other.Name)}");
        await other.RunScriptAsync(
            """
            CREATE TABLE t (a int);
            CREATE VIEW v AS SELECT * FROM t;
            CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;
            CREATE EVENT e ON SCHEDULE EVERY 1 DAY DISABLE DO SELECT 1;
            CREATE FUNCTION f() RETURNS int DETERMINISTIC RETURN 1;
            """);

        Assert.Empty((await SourceSchema.ReadAsync(database)).Objects);
        Assert.Equal(5, (await SourceSchema.ReadAsync(other)).Objects.Count);
    }

    [Fact]
    public async Task What_views_use_is_what_MySQL_says_that_they_use()
    {
        await using MySqlTestDatabase database = await MySqlEveryObject.CreateAsync(MySqlServer.MySql);
        string expected = await database.ScalarAsync<string>(
            """
            SELECT GROUP_CONCAT(CONCAT(VIEW_NAME, ' ', TABLE_NAME) ORDER BY CAST(CONCAT(VIEW_NAME, ' ', TABLE_NAME) AS BINARY) SEPARATOR '|')
            FROM information_schema.VIEW_TABLE_USAGE WHERE VIEW_SCHEMA = DATABASE()
                AND VIEW_NAME <> 'calls_function' -- the catalog counts what its functions use, too
            """);

        DatabaseSchema schema = await SourceSchema.ReadAsync(database);

        Dictionary<int, SchemaObject> byId = schema.Objects.ToDictionary(item => item.Id);
        Assert.Equal(
            expected,
            string.Join('|', schema.Objects
                .Where(item => item is { Kind: ObjectKind.View, Name: not "calls_function" })
                .SelectMany(view => view.DependsOn.Select(id => $"{view.Name} {byId[id].Name}"))
                .Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_view_that_MariaDB_cannot_print_does_not_keep_others_back()
    {
        await using MySqlTestDatabase database = await MySqlServer.MariaDb.CreateDatabaseAsync();
        await database.RunScriptAsync(
            """
            CREATE VIEW a AS SELECT 1 AS x;
            CREATE VIEW b AS WITH `select` AS (SELECT 1 AS x) SELECT * FROM `select`;
            CREATE VIEW c AS SELECT * FROM a;
            """);

        DatabaseSchema schema = await SourceSchema.ReadAsync(database);

        Assert.Equal(["a", "c"], schema.Objects.Select(item => item.Name));
        Assert.StartsWith("The view 'b' is left out", Assert.Single(schema.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sequence_goes_on_where_it_was()
    {
        await using MySqlTestDatabase source = await MySqlServer.MariaDb.CreateDatabaseAsync();
        await source.RunScriptAsync("CREATE SEQUENCE s START WITH 10 INCREMENT BY 3 MAXVALUE 20 CYCLE NOCACHE; DO NEXTVAL(s), NEXTVAL(s), NEXTVAL(s), NEXTVAL(s), NEXTVAL(s)");
        await using MySqlTestDatabase target = await source.Server.CreateDatabaseAsync();

        await Recreation.RunAsync(target, await SourceSchema.ReadAsync(source));

        const string State = "SELECT CONCAT_WS(' ', next_not_cached_value, cycle_count) FROM s";
        Assert.Equal(await source.ScalarAsync<string>(State), await target.ScalarAsync<string>(State));
        Assert.Equal(await source.ScalarAsync<long>("SELECT NEXTVAL(s)"), await target.ScalarAsync<long>("SELECT NEXTVAL(s)"));
    }
}
