using DataResilience.Providers;

namespace DataResilience.Integration.Tests.MySql;

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
        BadCase<BackupDatabaseRequest> bad = SourceCases.All[name];
        await using ServerScene scene = await ServerScene.OpenAsync(bad.From, bad.From);
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
        BadCase<RestoreDatabaseRequest> bad = TargetCases.All[name];
        await using ServerScene scene = await ServerScene.OpenAsync(bad.From, bad.To);
        await bad.Arrange(scene);
        Backup backup = await scene.Workspace.BackupAsync(scene.At(scene.Source));
        await bad.Then(scene);
        IReadOnlyList<string> before = await scene.LookAsync([]);
        RestoreDatabaseRequest request = bad.Change(
            scene, new RestoreDatabaseRequest { Repository = scene.Workspace.Repository, Backup = new BackupReference(backup.BackupId) });
        IOperations operations = OperationsOf(scene, bad.Provider);

        DataResilienceException failure = null!;
        IReadOnlyList<string> obstacles = [];
        await bad.Around(scene, async () =>
        {
            obstacles = await ObstaclesAsync(operations, scene, request);
            failure = await Assert.ThrowsAsync<DataResilienceException>(() => operations.RunAsync(request, scene.Workspace.Reporter, Token));
        });

        RequireExplained(failure, bad.Expected, bad.Advice, bad.Names(scene));
        output.WriteLine($"In the plan: {string.Join("; ", obstacles)}");
        Assert.Equal(bad.IsForeseen, obstacles.Any(obstacle => obstacle.Contains(bad.Names(scene)[0], StringComparison.Ordinal)));
        await scene.RequireNoSessionAsync();
        Assert.Equal(before, await scene.LookAsync([]));
    }

    private static IOperations OperationsOf(ServerScene scene, Func<ServerScene, IDatabaseProvider>? provider) => provider is null
        ? scene.Workspace.Operations
        : scene.Workspace.OperationsWith(services => services with { DatabaseProviders = [provider(scene)] });

    private static async Task<IReadOnlyList<string>> ObstaclesAsync(IOperations operations, ServerScene scene, RestoreDatabaseRequest request)
    {
        RestorePlan plan = await operations.RunAsync(
            new GetRestorePlanRequest
            {
                Repository = request.Repository,
                Backup = request.Backup,
                Target = request.Target,
                Table = request.Table,
                DataOnly = request.DataOnly,
                Replace = request.Replace,
            },
            scene.Workspace.Reporter,
            Token);
        Assert.Equal(plan.Obstacles.Count == 0, plan.CanRestore);
        return plan.Obstacles;
    }

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
