using System.Security.Cryptography;
using DataResilience.Providers;
using DataResilience.Testing.Servers;

namespace DataResilience.PostgreSql.Tests.Restore;

[Trait("Category", "Server")]
public sealed class NewDatabaseTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Versions => PostgreSqlServer.Versions;

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_database_appears_with_everything_at_the_commit_and_not_before(string server)
    {
        await using var scene = new RestoreScene(PostgreSqlServer.Named(server), "größe \"x\" 'y'");
        TableSchema table = scene.AddTable("items", "id int", "name text");
        scene.Add("index", "items_name", "CREATE INDEX items_name ON public.items (name);", SchemaPhase.PostData, "public.items");
        scene.Add("constraint", "items_pkey", "ALTER TABLE ONLY public.items ADD CONSTRAINT items_pkey PRIMARY KEY (id);", SchemaPhase.PostData, "public.items");

        await using (IRestoreTarget target = await scene.OpenAsync())
        {
            await scene.CreateAsync(target, SchemaPhase.PreData);
            Assert.Equal(3, await target.LoadRowsAsync(table, SampleRows.Of("1\tone", "2\t\\N", "3\tzwölf\\n"), Token));
            await scene.CreateAsync(target, SchemaPhase.PostData);
            Assert.Equal("1 table analyzed", await target.CollectStatisticsAsync(Token));
            Assert.Empty((await target.CheckAsync(Token)).Findings);
            Assert.Equal(1, await scene.LeftoversAsync());
            Assert.Equal("1\tone\n2\t\\N\n3\tzwölf\\n\n", await SampleRows.ReadAsync(target, table));
            await target.CommitAsync(Token);
        }

        await scene.AssertNothingLeftAsync(isThere: true);
        Assert.Equal("1=one;2=;3=zwölf\n", await scene.Target.ScalarAsync<string>("SELECT string_agg(id || '=' || coalesce(name, ''), ';' ORDER BY id) FROM items"));
        Assert.Equal(2, await scene.Target.ScalarAsync<long>("SELECT count(*) FROM pg_indexes WHERE tablename = 'items'"));
        Assert.Null(await scene.Target.ScalarAsync<string?>("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Encoding_collation_and_settings_are_those_of_the_source(string server)
    {
        await using var scene = new RestoreScene(PostgreSqlServer.Named(server));
        scene.Options = scene.Options with
        {
            Properties = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["encoding"] = "LATIN1",
                ["lc_collate"] = "C",
                ["lc_ctype"] = "C",
                ["locale_provider"] = "c",
                ["comment"] = "it's \\ ours",
                ["connection_limit"] = "7",
                ["setting@work_mem"] = "'5MB'",
                ["setting@statement_timeout@postgres"] = "'61s'",
                ["acl"] = "{=c/postgres,postgres=CTc/postgres}",
                ["owner"] = "postgres",
                ["grant@"] = "CONNECT",
                ["grant@postgres"] = "CONNECT,CREATE,TEMPORARY",
            },
        };
        scene.AddTable("t", "a int");

        await using (IRestoreTarget target = await scene.OpenAsync())
        {
            await scene.CreateAsync(target, SchemaPhase.PreData);
            await target.CommitAsync(Token);
        }

        const string Facts = """
            SELECT concat_ws('|', pg_encoding_to_char(encoding), datcollate, datctype, datconnlimit, shobj_description(oid, 'pg_database'), datacl::text,
                (SELECT string_agg(coalesce(setrole::regrole::text, '') || setconfig::text, ';' ORDER BY setrole) FROM pg_db_role_setting WHERE setdatabase = d.oid))
            FROM pg_database d WHERE datname = current_database()
            """;
        Assert.Equal(
            "LATIN1|C|C|7|it's \\ ours|{postgres=CTc/postgres,=c/postgres}|-{work_mem=5MB};postgres{statement_timeout=61s}",
            (await scene.Target.ScalarAsync<string>(Facts)).Replace("{=c/postgres,postgres=CTc/postgres}", "{postgres=CTc/postgres,=c/postgres}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_collation_of_icu_is_made_with_its_rules()
    {
        await using var scene = new RestoreScene(PostgreSqlServer.Newer);
        scene.Options = scene.Options with
        {
            Properties = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["encoding"] = "UTF8",
                ["lc_collate"] = "C",
                ["lc_ctype"] = "C",
                ["locale_provider"] = "i",
                ["locale"] = "und",
                ["collation_version"] = "1.2.3",
            },
        };
        scene.AddTable("t", "a int");

        await using (IRestoreTarget target = await scene.OpenAsync())
        {
            await scene.CreateAsync(target, SchemaPhase.PreData);
            Assert.Contains("1.2.3", Assert.Single((await target.CheckAsync(Token)).Warnings), StringComparison.Ordinal);
            await target.CommitAsync(Token);
        }

        Assert.Equal("i", await scene.Target.ScalarAsync<string>("SELECT datlocprovider::text FROM pg_database WHERE datname = current_database()"));
    }

    [Fact]
    public async Task Bytes_of_no_encoding_stay_what_they_are()
    {
        await using var scene = new RestoreScene();
        scene.Options = scene.Options with
        {
            Properties = new Dictionary<string, string>(StringComparer.Ordinal) { ["encoding"] = "SQL_ASCII", ["lc_collate"] = "C", ["lc_ctype"] = "C" },
        };
        TableSchema table = scene.AddTable("t", "a text");

        await using (IRestoreTarget target = await scene.OpenAsync())
        {
            await scene.CreateAsync(target, SchemaPhase.PreData);
            await target.LoadRowsAsync(table, SampleRows.Of([[(byte)'x', 0xff, 0xfe, (byte)'\n']]), Token);
            await target.CommitAsync(Token);
        }

        Assert.Equal("78fffe", await scene.Target.ScalarAsync<string>("SELECT encode(a::bytea, 'hex') FROM t"));
    }

    [Fact]
    public async Task Rows_too_large_for_text_come_between_others()
    {
        await using var scene = new RestoreScene();
        TableSchema table = scene.AddTable("t", "id int", "data bytea");
        byte[] large = RandomNumberGenerator.GetBytes(5_000_000);
        // The tuple of a row may look like text in every way.
        large.AsSpan(100, 200).Fill((byte)'\n');
        byte[][] rows =
        [
            SampleRows.Line("1\t\\\\x01"),
            SampleRows.Binary(SampleRows.Integer(2), large),
            SampleRows.Binary(SampleRows.Integer(3), large),
            SampleRows.Line("4\t\\N"),
            SampleRows.Line("5\t\\N"),
            SampleRows.Binary(SampleRows.Integer(6), []),
        ];

        await using (IRestoreTarget target = await scene.OpenAsync())
        {
            await scene.CreateAsync(target, SchemaPhase.PreData);
            foreach (int blockBytes in new[] { RowBlock.MaxBytes, 77_777, 1_000 })
            {
                Assert.Equal(rows.Length, await target.LoadRowsAsync(table, SampleRows.Of(rows, blockBytes), Token));
            }

            await target.CommitAsync(Token);
        }

        Assert.Equal(
            $"1:1,2:{large.Length},3:{large.Length},4:,5:,6:0",
            await scene.Target.ScalarAsync<string>("SELECT string_agg(DISTINCT id || ':' || coalesce(length(data)::text, ''), ',') FROM t"));
        Assert.Equal(18, await scene.Target.ScalarAsync<long>("SELECT count(*) FROM t"));
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(large)),
            await scene.Target.ScalarAsync<string>("SELECT string_agg(DISTINCT encode(sha256(data), 'hex'), ',') FROM t WHERE id IN (2, 3)"));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_row_of_600_megabytes_is_loaded()
    {
        await using var scene = new RestoreScene();
        TableSchema table = scene.AddTable("t", "id int", "data bytea");
        await using IRestoreTarget target = await scene.OpenAsync();
        await scene.CreateAsync(target, SchemaPhase.PreData);

        Assert.Equal(1, await target.LoadRowsAsync(table, SampleRows.Of([SampleRows.Binary(SampleRows.Integer(1), new byte[600_000_000])]), Token));
    }

    [Fact]
    public async Task A_table_without_columns_has_its_rows()
    {
        await using var scene = new RestoreScene();
        TableSchema table = scene.AddTable("nothing");
        await using (IRestoreTarget target = await scene.OpenAsync())
        {
            await scene.CreateAsync(target, SchemaPhase.PreData);
            Assert.Equal(3, await target.LoadRowsAsync(table, SampleRows.Of("", "", ""), Token));
            await target.CommitAsync(Token);
        }

        Assert.Equal(3, await scene.Target.ScalarAsync<long>("SELECT count(*) FROM nothing"));
    }

    [Fact]
    public async Task Large_objects_are_filled_without_a_superuser()
    {
        await using var role = await TestRole.CreateAsync(PostgreSqlServer.Release, "CREATEDB");
        await using var scene = new RestoreScene();
        scene.Add("large object", "700001-700002", "SELECT pg_catalog.lo_create(n) FROM pg_catalog.unnest('{700001,700002}'::oid[]) AS n;", table: "pg_catalog.pg_largeobject");
        scene.AddOption("oids", "700001,700002");
        scene.Change(item => item with { Owner = role.Name });
        TableSchema pages = RestoreScene.Table("pg_catalog", "pg_largeobject", "loid", "pageno", "data");

        await using (IRestoreTarget target = await scene.OpenAsync(role.Name))
        {
            await scene.CreateAsync(target, SchemaPhase.PreData);
            Assert.Equal(3, await target.LoadRowsAsync(
                pages, SampleRows.Of($"700001\t0\t\\\\x{new string('a', 4096)}", "700001\t1\t\\\\xbb", "700002\t3\t\\\\xcc"), Token));
            await target.CommitAsync(Token);
        }

        Assert.Equal(2049, await scene.Target.ScalarAsync<int>("SELECT length(lo_get(700001))"));
        Assert.Equal("bb", await scene.Target.ScalarAsync<string>("SELECT encode(lo_get(700001, 2048, 9), 'hex')"));
        Assert.Equal((3 * 2048) + 1, await scene.Target.ScalarAsync<int>("SELECT length(lo_get(700002))"));
    }

    [Fact]
    public async Task Functions_with_statements_in_their_bodies_are_made_whole()
    {
        await using var scene = new RestoreScene();
        scene.AddTable("t", "a int");
        scene.Add("function", "f()", "CREATE FUNCTION public.f() RETURNS void LANGUAGE sql BEGIN ATOMIC DELETE FROM public.t; INSERT INTO public.t (a) VALUES (1); END;\n\n\n");
        await using (IRestoreTarget target = await scene.OpenAsync())
        {
            await scene.CreateAsync(target, SchemaPhase.PreData);
            await target.CommitAsync(Token);
        }

        await scene.Target.ExecuteAsync("SELECT f()");
        Assert.Equal(1, await scene.Target.ScalarAsync<long>("SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task An_object_that_cannot_be_made_is_named_and_nothing_is_left()
    {
        await using var scene = new RestoreScene();
        scene.Add("view", "odd", "CREATE VIEW public.odd AS SELECT * FROM public.missing;");
        IRestoreTarget target = await scene.OpenAsync();
        await using (target)
        {
            DataResilienceException failure = await Expect.ErrorAsync(Errors.ObjectNotCreated, () => scene.CreateAsync(target, SchemaPhase.PreData));
            Assert.Contains("view 'public.odd'", failure.Message, StringComparison.Ordinal);
            Assert.Contains("\"public.missing\" does not exist", failure.Message, StringComparison.Ordinal);
        }

        await scene.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task Owners_and_privileges_are_given_unless_they_are_left_out()
    {
        await using var role = await TestRole.CreateAsync(PostgreSqlServer.Release);
        foreach (bool leaveOut in new[] { false, true })
        {
            await using var scene = new RestoreScene();
            scene.Options = scene.Options with { NoOwner = leaveOut, NoPrivileges = leaveOut };
            scene.AddTable("t", "a int");
            scene.Change(item => item with { Owner = role.Name });
            scene.Add("function", "f(integer)", "CREATE FUNCTION public.f(n integer) RETURNS int LANGUAGE sql AS 'SELECT n';");
            scene.AddOption("drop", "DROP FUNCTION public.f(n integer);");
            scene.Change(item => item with { Owner = role.Name });
            scene.Add("acl", "t", $"GRANT SELECT ON TABLE public.t TO {role.Name};", SchemaPhase.PostData, "public.t", 1);
            await using (IRestoreTarget target = await scene.OpenAsync())
            {
                await scene.CreateAsync(target, SchemaPhase.PreData);
                await scene.CreateAsync(target, SchemaPhase.PostData);
                await target.CommitAsync(Token);
            }

            string owner = leaveOut ? "postgres" : role.Name;
            Assert.Equal(owner, await scene.Target.ScalarAsync<string>("SELECT tableowner::text FROM pg_tables WHERE tablename = 't'"));
            Assert.Equal(owner, await scene.Target.ScalarAsync<string>("SELECT proowner::regrole::text FROM pg_proc WHERE proname = 'f'"));
            Assert.Equal(leaveOut, await scene.Target.ScalarAsync<bool>("SELECT relacl IS NULL FROM pg_class WHERE relname = 't'"));
        }
    }
}
