using System.Globalization;
using DataResilience.Providers;

namespace DataResilience.PostgreSql.Tests.Restore;

[Trait("Category", "Server")]
public sealed class ParallelObjectsTests
{
    private const int Tables = 4;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_foreign_keys_between_few_tables_never_meet()
    {
        for (int round = 0; round < 20; round++)
        {
            await using var scene = new RestoreScene();
            scene.Options = scene.Options with { Loaders = 4 };
            int[] keys = AddTables(scene);
            AddForeignKeys(scene, keys);
            await using IRestoreTarget target = await scene.OpenAsync();
            await scene.CreateAsync(target, SchemaPhase.PreData);
            await scene.CreateAsync(target, SchemaPhase.PostData);
            Assert.Empty((await target.CheckAsync(Token)).Findings);
        }
    }

    [Fact]
    public async Task Privileges_refreshes_and_event_triggers_come_in_this_order_at_the_end()
    {
        await using var scene = new RestoreScene();
        scene.AddTable("t", "a int");
        scene.Add("materialized view", "first", "CREATE MATERIALIZED VIEW public.first AS SELECT count(*) AS n FROM public.t WITH NO DATA;");
        scene.Add("materialized view", "second", "CREATE MATERIALIZED VIEW public.second AS SELECT n FROM public.first WITH NO DATA;", needs: 2);
        scene.Add("function", "watch()", "CREATE FUNCTION public.watch() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'too early'; END$$;");
        int watch = scene.Add("event trigger", "watch", "CREATE EVENT TRIGGER watch ON ddl_command_start EXECUTE FUNCTION public.watch();", SchemaPhase.PostData, needs: 4).Id;
        scene.Add("refresh", "second", "REFRESH MATERIALIZED VIEW public.second;", SchemaPhase.PostData, needs: [3, 7]);
        scene.Add("refresh", "first", "REFRESH MATERIALIZED VIEW public.first;", SchemaPhase.PostData, needs: 2);
        scene.Add("index", "second_n", "CREATE INDEX second_n ON public.second (n);", SchemaPhase.PostData);
        scene.Add("acl", "t", "GRANT SELECT ON TABLE public.t TO PUBLIC;", SchemaPhase.PostData, "public.t", 1);
        Assert.Equal(5, watch);

        await using (IRestoreTarget target = await scene.OpenAsync())
        {
            await scene.CreateAsync(target, SchemaPhase.PreData);
            await target.LoadRowsAsync(RestoreScene.Table("public", "t", "a"), SampleRows.Of("1", "2"), Token);
            await scene.CreateAsync(target, SchemaPhase.PostData);
            await target.CommitAsync(Token);
        }

        Assert.Equal(2, await scene.Target.ScalarAsync<long>("SELECT n FROM second"));
        Assert.Equal(1, await scene.Target.ScalarAsync<long>("SELECT count(*) FROM pg_event_trigger"));
    }

    private static int[] AddTables(RestoreScene scene)
    {
        var keys = new int[Tables];
        for (int i = 0; i < Tables; i++)
        {
            scene.AddTable(Name(i), [.. Enumerable.Range(0, Tables).Select(n => $"c{n} int").Prepend("id int")]);
        }

        for (int i = 0; i < Tables; i++)
        {
            keys[i] = scene.Add(
                "constraint", $"{Name(i)}_pkey", $"ALTER TABLE ONLY public.{Name(i)} ADD CONSTRAINT {Name(i)}_pkey PRIMARY KEY (id);",
                SchemaPhase.PostData, $"public.{Name(i)}", i + 1).Id;
        }

        return keys;
    }

    private static void AddForeignKeys(RestoreScene scene, int[] keys)
    {
        for (int child = 0; child < Tables; child++)
        {
            for (int parent = 0; parent < Tables; parent++)
            {
                string name = $"fk_{child}_{parent}";
                scene.Add(
                    "fk constraint", name,
                    $"ALTER TABLE ONLY public.{Name(child)} ADD CONSTRAINT {name} FOREIGN KEY (c{parent}) REFERENCES public.{Name(parent)} (id);",
                    SchemaPhase.PostData, $"public.{Name(child)}", keys[child], keys[parent]);
                scene.AddOption("references", $"public.{Name(parent)}");
                scene.Add(
                    "index", $"ix_{child}_{parent}", $"CREATE INDEX ix_{child}_{parent} ON public.{Name(child)} (c{parent});",
                    SchemaPhase.PostData, $"public.{Name(child)}");
            }
        }
    }

    private static string Name(int table) => string.Create(CultureInfo.InvariantCulture, $"t{table}");
}
