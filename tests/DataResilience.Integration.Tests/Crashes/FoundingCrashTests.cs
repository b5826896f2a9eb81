namespace DataResilience.Integration.Tests.Crashes;

/// <summary>Making a repository crashes at any step.</summary>
[Trait("Category", "Slow")]
public sealed class FoundingCrashTests
{
    [Fact]
    public async Task Founding_that_crashes_leaves_nothing_or_a_whole_repository_and_can_be_made_again()
    {
        using var world = new SimulatedWorld();
        world.Sources[Shop.Name] = Shop.New;
        var sweep = new CrashSweep(world);

        await sweep.RunAsync(process => process.NewRepositoryAsync(), RequireFoundedAsync);

        sweep.RequireSound("New-BackupRepository");
    }

    /// <summary>The same key file is there after a crash or is not, like any file of the user's: here it is.</summary>
    private static async Task RequireFoundedAsync(SimulatedWorld left, bool finished)
    {
        SimulatedProcess process = left.Start();
        bool opened = await OpensAsync(process);
        Assert.True(opened || !finished, "a repository that was reported as made does not open");
        string refused = await RefusalAsync(process);
        Assert.True(opened ? refused == "RepositoryExists" : refused.Length == 0, $"opened: {opened}, made again: '{refused}'");
        await Shop.RequireNextRunAsync(process);

        // Whoever writes next finishes what the crash interrupted: no copy is missing any more. The slot of a founding that ended before
        // its keyring stays, opens nothing, and is reported as unexpected.
        IReadOnlyList<BackupIntegrity> checks = await left.Start().VerifyAsync();
        Assert.Empty(checks.SelectMany(check => check.Problems).Where(problem => problem.Kind != ProblemKind.Unexpected).Select(problem => $"{problem}: {problem.Actual}"));
    }

    private static async Task<bool> OpensAsync(SimulatedProcess process)
    {
        try
        {
            await process.RunAsync(new GetBackupRepositoryRequest { Repository = SimulatedProcess.Repository, KeyFile = process.KeyFile });
            return true;
        }
        catch (DataResilienceException failure) when (failure.ErrorCode == "RepositoryNotFound")
        {
            return false;
        }
    }

    /// <returns>The code of the refusal; empty if the repository was made.</returns>
    private static async Task<string> RefusalAsync(SimulatedProcess process)
    {
        try
        {
            await process.NewRepositoryAsync();
            return "";
        }
        catch (DataResilienceException failure) when (failure.ErrorCode is "RepositoryExists" or "RepositoryLocationNotEmpty")
        {
            return failure.ErrorCode;
        }
    }
}
