using DataResilience.Providers;
using DataResilience.Testing.Servers;

namespace DataResilience.PostgreSql.Tests.Restore;

[Trait("Category", "Server")]
public sealed class EveryObjectTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Versions => PostgreSqlServer.Versions;

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_database_with_every_kind_of_object_comes_back_the_same(string server)
    {
        await using TestDatabase source = await EveryObject.CreateAsync(PostgreSqlServer.Named(server));
        await using var scene = new RestoreScene(source.Server);
        DatabaseSchema schema = await SnapshotSchema.ReadAsync(source);
        TargetOptions options = scene.Options with
        {
            Properties = schema.Properties,
            Objects = schema.Objects,
            Tables = schema.Tables,
            SourceEngine = DatabaseEngine.PostgreSql,
            SourceVersion = schema.Properties["server_version"],
        };
        Assert.Empty((await TargetInspector.InspectAsync(scene.Address(), options, Token)).Obstacles);

        await using (IRestoreTarget target = await TargetOpener.OpenAsync(
            scene.Address(), options, new Random(RestoreScene.NextSeed()), TimeProvider.System, Token))
        {
            await target.CreateObjectsAsync([.. schema.Objects.Where(item => item.Phase == SchemaPhase.PreData)], Token);
            await CopyRowsAsync(source, target, schema);
            await target.CreateObjectsAsync([.. schema.Objects.Where(item => item.Phase == SchemaPhase.PostData)], Token);
            await target.CollectStatisticsAsync(Token);
            Assert.Empty((await target.CheckAsync(Token)).Findings);
            await target.CommitAsync(Token);
        }

        Assert.Equal(await source.PgDumpSchemaAsync(), await scene.Target.PgDumpSchemaAsync());
        DatabaseSchema restored = await SnapshotSchema.ReadAsync(scene.Server, scene.Target.Endpoint);
        Assert.Equal(Properties(schema), Properties(restored));
        Assert.Equal(Definitions(schema, "sequence set"), Definitions(restored, "sequence set"));
        await scene.AssertNothingLeftAsync(isThere: true);
    }

    private static async Task CopyRowsAsync(TestDatabase source, IRestoreTarget target, DatabaseSchema schema)
    {
        await using PostgreSqlSnapshot snapshot = await SnapshotOpener.OpenAsync(
            ServerAddress.Of(source.Endpoint), new SnapshotOptions(2, TimeSpan.FromSeconds(30)), TimeProvider.System, Token);
        foreach (TableSchema table in schema.Tables)
        {
            foreach (RowRange range in await snapshot.PlanRangesAsync(table, Token))
            {
                await target.LoadRowsAsync(table, snapshot.ReadRowsAsync(table, range, Token), Token);
            }
        }
    }

    /// <summary>All but the list of privileges, whose order is of no meaning: the privileges stand one by one as well.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Properties(DatabaseSchema schema) =>
        schema.Properties.Where(pair => pair.Key != "acl").OrderBy(pair => pair.Key, StringComparer.Ordinal);

    private static string[] Definitions(DatabaseSchema schema, string kind) =>
        [.. schema.Objects.Where(item => item.Kind == kind).Select(item => item.Definition).Order(StringComparer.Ordinal)];
}
