using System.Text.Json;
using DataResilience.Testing.Servers;

namespace DataResilience.Console.Tests.Processes;

/// <summary>
/// The ways to log in that PostgreSQL's own programs know, through a whole backup: the rows go over the driver, the definitions over
/// pg_dump, and each has to find the password by itself.
/// </summary>
[Trait("Category", "Server")]
public sealed class PostgreSqlLoginTests : IAsyncLifetime
{
    private const string Role = "drpassword";

    private readonly string folder = Directory.CreateTempSubdirectory("console-tests-").FullName;
    private TestDatabase database = null!;

    private static PostgreSqlServer Server => PostgreSqlServer.Release;

    private static int Port => Server.Require().Root.Port!.Value;

    public async ValueTask InitializeAsync()
    {
        database = await Server.Require().CreateDatabaseAsync("login");
        await database.ExecuteAsync($"CREATE TABLE t (n int); INSERT INTO t SELECT generate_series(1, 30); GRANT SELECT ON t TO {Role}");
        ConsoleResult made = await ConsoleProcess.RunAsync(folder, "repository", "init", "--repository", "repository", "--key-file", "owner.key");
        Assert.Equal(0, made.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        await database.DisposeAsync();
    }

    [Fact]
    public Task The_variable_PGPASSWORD() => RequireBackupAsync(At("127.0.0.1"), new() { ["PGPASSWORD"] = PostgreSqlServer.Password });

    [Fact]
    public async Task The_password_file_of_the_home_directory()
    {
        await WriteAsync(".pgpass", $"127.0.0.1:{Port}:other:{Role}:wrong\n# a comment\n127.0.0.1:*:{database.Name}:{Role}:{PostgreSqlServer.Password}\n");

        await RequireBackupAsync(At("127.0.0.1"), new() { ["HOME"] = folder });
    }

    [Fact]
    public async Task A_service_file()
    {
        string file = await WriteAsync(
            "services.conf",
            $"[other]\nhost=nowhere.invalid\n\n[shop]\nhost=127.0.0.1\nport={Port}\ndbname={database.Name}\nuser={Role}\npassword={PostgreSqlServer.Password}\n");

        await RequireBackupAsync("postgresql://?service=shop", new() { ["PGSERVICEFILE"] = file });
        await RequireBackupAsync("postgresql://?connect_timeout=10", new() { ["PGSERVICEFILE"] = file, ["PGSERVICE"] = "shop" });
    }

    [Fact]
    public async Task A_Unix_socket()
    {
        string socket = PostgreSqlServer.SocketDirectory;
        var password = new Dictionary<string, string> { ["PGPASSWORD"] = PostgreSqlServer.Password };

        await RequireBackupAsync(At(Uri.EscapeDataString(socket)), password);
        await RequireBackupAsync($"postgresql:///{database.Name}?host={socket}&port={Port}&user={Role}", password);
        await WriteAsync(".pgpass", $"{socket}:{Port}:*:{Role}:{PostgreSqlServer.Password}\n");
        await RequireBackupAsync(At(Uri.EscapeDataString(socket)), new() { ["HOME"] = folder });
    }

    [Fact]
    public async Task Without_any_of_them_the_login_is_refused_and_nobody_is_asked()
    {
        ConsoleResult result = await BackupAsync(At("127.0.0.1"), new() { ["HOME"] = folder });

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("LoginRejected", result.Error, StringComparison.Ordinal);
    }

    private string At(string host) => $"postgresql://{Role}@{host}:{Port}/{database.Name}";

    private async Task RequireBackupAsync(string endpoint, Dictionary<string, string> environment)
    {
        ConsoleResult result = await BackupAsync(endpoint, environment);

        Assert.Equal("", result.Error);
        JsonElement backup = result.Single();
        Assert.Equal((database.Name, 30), (backup.GetProperty("Database").GetString(), backup.GetProperty("Rows").GetInt32()));
    }

    private async Task<ConsoleResult> BackupAsync(string endpoint, Dictionary<string, string> environment)
    {
        environment["DATARESILIENCE_PG_BINDIR"] = Server.Binaries;
        using ConsoleProcess running = ConsoleProcess.Start(
            folder, environment, "backup", endpoint, "--repository", "repository", "--key-file", "owner.key", "--json");
        return await running.EndAsync();
    }

    /// <summary>A file that nobody else may read: otherwise PostgreSQL's own programs ignore the passwords in it.</summary>
    private async Task<string> WriteAsync(string name, string text)
    {
        string path = Path.Combine(folder, name);
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return path;
    }
}
