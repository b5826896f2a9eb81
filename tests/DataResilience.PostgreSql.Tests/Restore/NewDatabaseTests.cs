using DataResilience.Providers;

namespace DataResilience.PostgreSql.Tests.Restore;

[Trait("Category", "Server")]
public sealed class NewDatabaseTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_appears_with_everything_at_the_commit_and_not_before()
    {
        await using var scene = new RestoreScene(name: "größe \"x\" 'y'");
        TableSchema table = scene.AddTable("items", "id int", "name text");
        scene.Add("index", "items_name", "CREATE INDEX items_name ON public.items (name);", SchemaPhase.PostData, "public.items");
        scene.Add("constraint", "items_pkey", "ALTER TABLE ONLY public.items ADD CONSTRAINT items_pkey PRIMARY KEY (id);", SchemaPhase.PostData, "public.items");

        await using (IRestoreTarget target = await scene.OpenAsync())
        {
            await scene.CreateAsync(target, SchemaPhase.PreData);
            Assert.Equal(3, await target.LoadRowsAsync(table, SampleRows.Of("1\tone", "2\t\\N", "3\tzwölf\\n"), Token));
            await scene.CreateAsync(target, SchemaPhase.PostData);
            Assert.Equal("1 table analyzed", await target.CollectStatisticsAsync(Token));
            Assert.Equal(TargetCheck.Clean.Findings, (await target.CheckAsync(Token)).Findings);
            Assert.Equal(1, await scene.LeftoversAsync());
            await target.CommitAsync(Token);
        }

        await scene.AssertNothingLeftAsync(isThere: true);
        Assert.Equal("1=one;2=;3=zwölf\n", await scene.Target.ScalarAsync<string>("SELECT string_agg(id || '=' || coalesce(name, ''), ';' ORDER BY id) FROM items"));
        Assert.Equal(2, await scene.Target.ScalarAsync<long>("SELECT count(*) FROM pg_indexes WHERE tablename = 'items'"));
        Assert.Null(await scene.Target.ScalarAsync<string?>("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"));
    }
}
