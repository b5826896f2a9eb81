using DataResilience.Engine.Tests.Backup;
using DataResilience.Testing.Databases;

namespace DataResilience.Engine.Tests.Restore;

public sealed class CommitWarningTests
{
    [Fact]
    public async Task What_a_target_could_not_remove_is_told_and_the_restore_is_done()
    {
        using RangeScene scene = await RangeScene.OpenAsync(new MemoryDatabase().With("users", MemoryDatabase.Rows(10, 1)), rowsInRange: 7);
        scene.Databases.CommitWarnings = ["the old one is still there"];

        RestoreResult result = await scene.RestoreAsync(await scene.BackUpAsync(), "target");

        Assert.True(result.IsVerified);
        Assert.Contains("the old one is still there.", scene.Reporter.Warnings);
    }
}
