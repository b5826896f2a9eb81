using DataResilience.Providers;
using DataResilience.Testing.Servers;

namespace DataResilience.Integration.Tests.PostgreSql;

/// <summary>
/// Whatever is asked of a server in vain has an error of its own that names its object and says what to do, and leaves nothing half
/// done: not in the repository, not at the target, and no session.
/// </summary>
[Collection(ServerTests.Name)]
[Trait("Category", "Server")]
public sealed class BadInputTests(ITestOutputHelper output)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> SourceNames => [.. SourceCases.All.Keys];

    public static TheoryData<string> TargetNames => [.. TargetCases.All.Keys];

    [Theory]
    [MemberData(nameof(SourceNames))]
    public async Task A_backup_that_cannot_be_taken_says_why_and_leaves_nothing(string name)
    {
        SourceCase bad = SourceCases.All[name];
        await using ServerScene scene = await ServerScene.OpenAsync(bad.Server, bad.Server);
        await bad.Arrange(scene);
        IReadOnlyList<string> before = await scene.LookAsync(bad.MayCome);
        BackupDatabaseRequest request = bad.Change(scene, new BackupDatabaseRequest { Repository = scene.Workspace.Repository, Source = scene.At(scene.Source) });
        IOperations operations = OperationsOf(scene, bad.Provider);

        DataResilienceException failure = null!;
        await bad.Around(scene, async () => failure = await Assert.ThrowsAsync<DataResilienceException>(
            () => operations.RunAsync(request, scene.Workspace.Reporter, Token)));

        RequireExplained(failure, bad.Expected, bad.Advice, bad.Names(scene));
        await scene.RequireNoSessionAsync();
        Assert.Equal(before, await scene.LookAsync(bad.MayCome));
    }

    [Theory]
    [MemberData(nameof(TargetNames))]
    public async Task A_restore_that_cannot_be_made_says_why_and_so_does_its_plan_and_nothing_is_left(string name)
    {
        TargetCase bad = TargetCases.All[name];
        await using ServerScene scene = await ServerScene.OpenAsync(bad.From, bad.To);
        await bad.Arrange(scene);
        Backup backup = await scene.Workspace.BackupAsync(scene.At(scene.Source));
        await bad.Then(scene);
        IReadOnlyList<string> before = await scene.LookAsync([]);
        RestoreDatabaseRequest request = bad.Change(
            scene, new RestoreDatabaseRequest { Repository = scene.Workspace.Repository, Backup = new BackupReference(backup.BackupId) });
        IOperations operations = OperationsOf(scene, bad.Provider);

        DataResilienceException failure = null!;
        RestorePlan plan = null!;
        await bad.Around(scene, async () =>
        {
            plan = await operations.RunAsync(PlanOf(request), scene.Workspace.Reporter, Token);
            failure = await Assert.ThrowsAsync<DataResilienceException>(() => operations.RunAsync(request, scene.Workspace.Reporter, Token));
        });

        RequireExplained(failure, bad.Expected, bad.Advice, bad.Names(scene));
        output.WriteLine($"In the plan: {string.Join("; ", plan.Obstacles)}");
        Assert.Equal(!bad.IsForeseen, plan.CanRestore);
        Assert.Equal(bad.IsForeseen, plan.Obstacles.Any(obstacle => obstacle.Contains(bad.Names(scene)[0], StringComparison.Ordinal)));
        await scene.RequireNoSessionAsync();
        Assert.Equal(before, await scene.LookAsync([]));
    }

    [Fact]
    public async Task A_table_that_may_not_be_read_is_left_out_and_the_rest_is_backed_up()
    {
        await using ServerScene scene = await ServerScene.OpenAsync(PostgreSqlServer.Release, PostgreSqlServer.Release);

        Backup backup = await scene.Workspace.RunAsync(new BackupDatabaseRequest
        {
            Repository = scene.Workspace.Repository,
            Source = scene.As("drpassword", scene.Source),
            ExcludeTable = ["public.u"],
        });

        Assert.Equal((1, 1000L), (backup.Tables, backup.Rows));
        await scene.RequireNoSessionAsync();
    }

    private static IOperations OperationsOf(ServerScene scene, Func<ServerScene, IDatabaseProvider>? provider) => provider is null
        ? scene.Workspace.Operations
        : scene.Workspace.OperationsWith(services => services with { DatabaseProviders = [provider(scene)] });

    private static GetRestorePlanRequest PlanOf(RestoreDatabaseRequest request) => new()
    {
        Repository = request.Repository,
        Backup = request.Backup,
        Target = request.Target,
        Table = request.Table,
        DataOnly = request.DataOnly,
        Replace = request.Replace,
    };

    private void RequireExplained(DataResilienceException failure, ErrorDefinition expected, string advice, string[] names)
    {
        output.WriteLine($"{failure.ErrorCode}: {failure.Message} {failure.RecommendedAction}");
        Assert.Equal(expected.Code, failure.ErrorCode);
        Assert.All(names, name => Assert.Contains(name, failure.Message, StringComparison.Ordinal));
        Assert.Contains(advice, failure.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("..", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not-it", failure.ToString(), StringComparison.Ordinal);
    }
}
