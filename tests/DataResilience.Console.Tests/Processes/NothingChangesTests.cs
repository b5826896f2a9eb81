using System.Text.Json;

namespace DataResilience.Console.Tests.Processes;

/// <summary>What is refused, or only planned, leaves everything as it was.</summary>
public sealed class NothingChangesTests : IClassFixture<BackedUpStage>
{
    private readonly BackedUpStage stage;

    public NothingChangesTests(BackedUpStage stage) => this.stage = stage;

    [Theory]
    [InlineData("SourceNotFound", 1, "backup", "sqlite:nowhere.db")]
    [InlineData("NotADatabase", 1, "backup", "sqlite:owner.key")]
    [InlineData("SourceRequired", 2, "backup")]
    [InlineData("NothingMatched", 4, "backup", "sqlite:shop.db", "--table", "nothing*")]
    [InlineData("TargetExists", 1, "restore", "sqlite:shop.db")]
    [InlineData("TargetRequired", 2, "restore")]
    [InlineData("BackupNotFound", 4, "restore", "sqlite:copy.db", "--backup", "zzzzzz")]
    [InlineData("RepositoryExists", 1, "repository", "init")]
    [InlineData("KeyNotFound", 4, "key", "remove", "nobody")]
    [InlineData("LastAdminKey", 1, "key", "remove", "owner")]
    [InlineData("LastBackup", 1, "remove", "latest", "--yes")]
    [InlineData("ConfirmationRequired", 2, "remove", "latest")]
    public async Task Bad_input_has_its_error_code_and_exit_code(string code, int exitCode, params string[] args)
    {
        string before = stage.State();

        ConsoleResult result = await stage.RunAsync(args);

        Assert.Equal(code, result.ErrorCode);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal(before, stage.State());
        Assert.Equal("", result.Output);
    }

    [Fact]
    public async Task A_repository_and_its_key_have_to_be_named()
    {
        Assert.Equal("RepositoryRequired", (await stage.RunBareAsync("list")).ErrorCode);
        Assert.Equal("KeyRequired", (await stage.RunBareAsync("list", "-r", "repository")).ErrorCode);
        Assert.Equal("RepositoryNotFound", (await stage.RunBareAsync("list", "-r", "elsewhere", "--key-file", "owner.key")).ErrorCode);
    }

    [Theory]
    [InlineData("backup", "sqlite:shop.db")]
    [InlineData("restore", "sqlite:copy.db")]
    [InlineData("remove", "latest", "--allow-last-backup")]
    [InlineData("verify")]
    [InlineData("verify", "--level", "restore", "--target", "sqlite:drill.db", "--backup", "latest")]
    [InlineData("repository", "test")]
    [InlineData("repository", "optimize", "--rebuild-index")]
    [InlineData("key", "add", "cron", "--new-key-file", "cron.key")]
    public async Task What_if_changes_nothing(params string[] args)
    {
        string before = stage.State();

        JsonElement plan = (await stage.RunAsync([.. args, "--what-if"])).Single();

        Assert.Equal(before, stage.State());
        Assert.NotEqual("", plan.GetProperty("Action").GetString());
    }

    [Fact]
    public async Task What_if_of_a_new_repository_makes_none()
    {
        (await stage.RunBareAsync("repository", "init", "-r", "other", "--key-file", "other.key", "--what-if")).Single();

        Assert.False(Path.Exists(stage.In("other")));
        Assert.False(File.Exists(stage.In("other.key")));
    }
}
