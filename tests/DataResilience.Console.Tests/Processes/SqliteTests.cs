using System.Runtime.InteropServices;
using System.Text.Json;

namespace DataResilience.Console.Tests.Processes;

/// <summary>Every operation through the console, on SQLite, as child processes.</summary>
public sealed class SqliteTests : IAsyncLifetime
{
    private const string Shop = """
        CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
        CREATE TABLE orders (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id), total REAL, note BLOB);
        CREATE INDEX orders_by_user ON orders (user_id);
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
        INSERT INTO users SELECT i, 'user ' || i FROM n;
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
        INSERT INTO orders SELECT i, 1 + i % 500, i / 3.0, CASE i % 3 WHEN 0 THEN NULL WHEN 1 THEN x'00ff' ELSE 'text' END FROM n;
        """;

    private readonly string directory = Directory.CreateTempSubdirectory("console-tests-").FullName;

    public async ValueTask InitializeAsync()
    {
        await Sqlite3.RunAsync(In("shop.db"), Shop);
        JsonElement repository = (await RunAsync("repository", "new")).Single();
        Assert.Equal(In("repository"), repository.GetProperty("Location").GetString());
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_whole_way_there_and_back()
    {
        JsonElement database = (await RunBareAsync("databases", "sqlite:shop.db")).Single();
        Assert.Equal("sqlite:" + In("shop.db"), database.GetProperty("Endpoint").GetString());

        JsonElement backup = (await RunAsync("backup", "sqlite:shop.db", "--reason", "test", "--tag", "t")).Single();
        Assert.Equal(5500, backup.GetProperty("Rows").GetInt64());
        string id = backup.GetProperty("BackupId").GetString()!;

        Assert.Equal(id, (await RunAsync("list", "--since", "1h ago", "--engine", "sqlite", "--latest")).Single().GetProperty("BackupId").GetString());
        Assert.Equal(1, (await RunAsync("repository", "show")).Single().GetProperty("Backups").GetInt32());

        JsonElement plan = (await RunAsync("plan", "sqlite:copy.db", "--backup", id)).Single();
        Assert.True(plan.GetProperty("CanRestore").GetBoolean());

        JsonElement restored = (await RunAsync("restore", "sqlite:copy.db")).Single();
        Assert.True(restored.GetProperty("IsVerified").GetBoolean());
        Assert.Equal(await Sqlite3.RunAsync(In("shop.db"), ".dump"), await Sqlite3.RunAsync(In("copy.db"), ".dump"));

        Assert.Equal(id, (await RunAsync("remove", id[^6..], "--yes", "--allow-last-backup")).Single().GetProperty("BackupId").GetString());
        Assert.Equal(4, (await RunAsync("list")).ExitCode);
    }

    [Theory]
    [InlineData("catalog")]
    [InlineData("checksum")]
    [InlineData("restore", "--target", "sqlite:drill.db", "--backup", "latest")]
    public async Task A_backup_is_verified_at_every_level(string level, params string[] more)
    {
        (await RunAsync("backup", "sqlite:shop.db")).Single();

        ConsoleResult result = await RunAsync(["verify", "--level", level, .. more]);

        Assert.Equal("", result.Error);
        Assert.Equal(0, result.ExitCode);
        Assert.All(result.Lines, line => Assert.Equal(0, line.GetProperty("ProblemCount").GetInt32()));
        Assert.False(File.Exists(In("drill.db")));
    }

    [Fact]
    public async Task A_damaged_pack_ends_verify_with_3_and_names_the_table()
    {
        (await RunAsync("backup", "sqlite:shop.db")).Single();
        string pack = Directory.EnumerateFiles(In("repository/packs"), "*", SearchOption.AllDirectories).Single();
        byte[] bytes = await File.ReadAllBytesAsync(pack, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        new FileInfo(pack).IsReadOnly = false;
        await File.WriteAllBytesAsync(pack, bytes, TestContext.Current.CancellationToken);

        ConsoleResult result = await RunAsync("verify");

        Assert.Equal(3, result.ExitCode);
        Assert.Contains(result.Lines.SelectMany(line => line.GetProperty("Problems").EnumerateArray()),
            problem => problem.GetProperty("Table").GetString() == "orders");
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

    [Fact]
    public async Task A_repository_is_tested_and_optimized()
    {
        (await RunAsync("backup", "sqlite:shop.db")).Single();

        ConsoleResult checks = await RunAsync("repository", "test");
        Assert.Equal(0, checks.ExitCode);
        Assert.NotEmpty(checks.Lines);
        Assert.False((await RunAsync("repository", "optimize")).Single().GetProperty("IndexRebuilt").GetBoolean());
        Assert.True((await RunAsync("repository", "optimize", "--rebuild-index")).Single().GetProperty("IndexRebuilt").GetBoolean());
    }

    [Theory]
    [InlineData("SourceNotFound", 1, "backup", "sqlite:nowhere.db")]
    [InlineData("NotADatabase", 1, "backup", "sqlite:owner.key")]
    [InlineData("SourceRequired", 2, "backup")]
    [InlineData("NothingMatched", 4, "backup", "sqlite:shop.db", "--table", "nothing*")]
    [InlineData("TargetExists", 1, "restore", "sqlite:shop.db")]
    [InlineData("TargetRequired", 2, "restore")]
    [InlineData("BackupNotFound", 4, "restore", "sqlite:copy.db", "--backup", "zzzzzz")]
    [InlineData("RepositoryExists", 1, "repository", "new")]
    [InlineData("KeyNotFound", 4, "key", "remove", "nobody")]
    [InlineData("LastAdminKey", 1, "key", "remove", "owner")]
    [InlineData("LastBackup", 1, "remove", "latest", "--yes")]
    [InlineData("ConfirmationRequired", 2, "remove", "latest")]
    public async Task Bad_input_has_its_error_code_and_exit_code(string code, int exitCode, params string[] args)
    {
        (await RunAsync("backup", "sqlite:shop.db")).Single();

        ConsoleResult result = await RunAsync(args);

        Assert.Equal(code, result.ErrorCode);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal("", result.Output);
    }

    [Fact]
    public async Task A_repository_and_its_key_have_to_be_named()
    {
        Assert.Equal("RepositoryRequired", (await RunBareAsync("list")).ErrorCode);
        Assert.Equal("KeyRequired", (await RunBareAsync("list", "-r", "repository")).ErrorCode);
        Assert.Equal("RepositoryNotFound", (await RunBareAsync("list", "-r", "elsewhere", "--key-file", "owner.key")).ErrorCode);
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
        (await RunAsync("backup", "sqlite:shop.db")).Single();
        string before = State();

        JsonElement plan = (await RunAsync([.. args, "--what-if"])).Single();

        Assert.Equal(before, State());
        Assert.NotEqual("", plan.GetProperty("Action").GetString());
    }

    [Fact]
    public async Task What_if_of_a_new_repository_makes_none()
    {
        (await RunBareAsync("repository", "new", "-r", "other", "--key-file", "other.key", "--what-if")).Single();

        Assert.False(Path.Exists(In("other")));
        Assert.False(File.Exists(In("other.key")));
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT)]
    [InlineData(PosixSignal.SIGTERM)]
    public async Task A_signal_cancels_cleanly_and_ends_with_130(PosixSignal signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent as on Unix");
        using var holder = await Sqlite3.LockAsync(In("shop.db"));
        using var waiting = ConsoleProcess.Start(directory,
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

    private string In(string name) => Path.Combine(directory, name);

    private Task<ConsoleResult> RunAsync(params string[] args) =>
        RunBareAsync([.. args, "--repository", "repository", "--key-file", "owner.key"]);

    private Task<ConsoleResult> RunBareAsync(params string[] args) => ConsoleProcess.RunAsync(directory, [.. args, "--json"]);

    // What a client remembers is its own, and no part of the store or the target.
    private string State() => string.Join('\n',
        from path in Directory.EnumerateFileSystemEntries(directory, "*", SearchOption.AllDirectories)
        where !path.StartsWith(In("state"), StringComparison.Ordinal)
        orderby path
        select $"{path} {File.GetLastWriteTimeUtc(path).Ticks} {(File.Exists(path) ? new FileInfo(path).Length : 0)}");
}
