using System.Runtime.InteropServices;
using System.Text.Json;

namespace DataResilience.Console.Tests.Processes;

/// <summary>Every operation through the console, on SQLite, as child processes.</summary>
public sealed class SqliteTests : IClassFixture<SqliteStage>, IAsyncDisposable
{
    private readonly SqliteStage stage;

    public SqliteTests(SqliteStage founded) => stage = founded.Copy();

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Fact]
    public async Task The_whole_way_there_and_back()
    {
        JsonElement database = (await RunBareAsync("databases", "sqlite:shop.db")).Single();
        Assert.Equal("sqlite:" + In("shop.db"), database.GetProperty("Endpoint").GetString());

        JsonElement backup = (await RunAsync("backup", "sqlite:shop.db", "--reason", "test", "--tag", "t")).Single();
        Assert.Equal(5500, backup.GetProperty("Rows").GetInt64());
        string id = backup.GetProperty("BackupId").GetString()!;

        Assert.Equal(id, (await RunAsync("list", "--since", "1h ago", "--engine", "sqlite", "--latest")).Single().GetProperty("BackupId").GetString());
        Assert.Equal(1, (await RunAsync("repository", "info")).Single().GetProperty("Backups").GetInt32());

        JsonElement plan = (await RunAsync("plan", "sqlite:copy.db", "--backup", id)).Single();
        Assert.True(plan.GetProperty("CanRestore").GetBoolean());

        JsonElement restored = (await RunAsync("restore", "sqlite:copy.db")).Single();
        Assert.True(restored.GetProperty("IsVerified").GetBoolean());
        Assert.Equal(await Sqlite3.RunAsync(In("shop.db"), ".dump"), await Sqlite3.RunAsync(In("copy.db"), ".dump"));

        Assert.Equal(id, (await RunAsync("remove", id[^6..], "--yes", "--allow-last-backup")).Single().GetProperty("BackupId").GetString());
        Assert.Equal(4, (await RunAsync("list")).ExitCode);
    }

    [Fact]
    public async Task Keys_are_added_used_listed_and_removed()
    {
        JsonElement added = (await RunAsync("key", "add", "cron", "--role", "writer", "--new-key-file", "cron.key")).Single();
        Assert.Equal("Writer", added.GetProperty("Roles").GetString());
        Assert.Equal(2, (await RunAsync("key", "list")).Lines.Count);

        ConsoleResult refused = await RunBareAsync("restore", "sqlite:copy.db", "-r", "repository", "--key-file", "cron.key", "--backup", "x");
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Equal(0, (await RunBareAsync("backup", "sqlite:shop.db", "-r", "repository", "--key-file", "cron.key")).ExitCode);
        Assert.Equal("RoleRequired", (await RunBareAsync("restore", "sqlite:copy.db", "-r", "repository", "--key-file", "cron.key")).ErrorCode);

        (await RunAsync("key", "remove", "cron")).Single();
        Assert.Equal("KeyRejected", (await RunBareAsync("list", "-r", "repository", "--key-file", "cron.key")).ErrorCode);
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT)]
    [InlineData(PosixSignal.SIGTERM)]
    public async Task A_signal_cancels_cleanly_and_ends_with_130(PosixSignal signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent as on Unix");
        using var holder = await Sqlite3.LockAsync(In("shop.db"));
        using var waiting = ConsoleProcess.Start(stage.Folder,
            ["backup", "sqlite:shop.db", "-r", "repository", "--key-file", "owner.key", "--lock-timeout", "1h", "--debug"]);
        Assert.Equal("debug: Running backup.", await waiting.Error.ReadLineAsync(TestContext.Current.CancellationToken));

        waiting.Signal(signal);
        ConsoleResult result = await waiting.EndAsync();
        holder.StandardInput.Close();
        await holder.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(130, result.ExitCode);
        Assert.Contains("error Cancelled: ", result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
        (await RunAsync("backup", "sqlite:shop.db")).Single();
        Assert.Equal(0, (await RunAsync("verify")).ExitCode);
    }

    private string In(string name) => stage.In(name);

    private Task<ConsoleResult> RunAsync(params string[] args) => stage.RunAsync(args);

    private Task<ConsoleResult> RunBareAsync(params string[] args) => stage.RunBareAsync(args);
}
