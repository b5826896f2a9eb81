using System.Diagnostics;
using System.Management.Automation;
using System.Net;
using System.Net.Sockets;

namespace DataResilience.PowerShell.Tests.Commands;

public sealed class CompletionTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    public CompletionTests()
    {
        sandbox.Sqlite("it's odd.db", "CREATE TABLE [a b](x); CREATE TABLE \"c[1]\"(x);");
        sandbox.WithBackups();
    }

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void Ids_are_offered_newest_first_and_found_by_the_name_in_their_middle()
    {
        var ids = sandbox.Module.Invoke("Get-DatabaseBackup -Repository $repo").Select(backup => ((Backup)backup.BaseObject).BackupId).Reverse();

        Assert.Equal(ids.Order(), Complete("Restore-Database -Repository $repo -Backup ").Order());
        Assert.Equal(ids.Where(id => id.Contains("-shop-", StringComparison.Ordinal)), Complete("Restore-Database -Repository $repo -Backup shop"));
    }

    [Fact]
    public void Names_are_quoted_where_they_need_it() =>
        Assert.Equal(["crm", "'it''s odd'", "shop"], Complete("Get-DatabaseBackup -Repository $repo -Database "));

    [Fact]
    public void Tables_are_offered_as_the_command_takes_them()
    {
        var tables = Complete("Restore-Database latest -Database \"it's odd\" -Repository $repo -Table ");

        Assert.Equal(["'a b'", "'c[1]'"], tables.Order(StringComparer.Ordinal));
        string plan = $"(Get-RestorePlan latest -Database \"it's odd\" -Repository $repo -Table {string.Join(',', tables)}).Tables.Name";
        Assert.Equal(["a b", "c[1]"], sandbox.Module.Invoke(plan).Select(name => $"{name}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Backup-Database sqlite:shop.db -Table ")]
    [InlineData("Backup-Database -Source sqlite:shop.db -Repository $repo -ExcludeTable ")]
    [InlineData("Backup-Database -Engine Sqlite -Database shop.db -Table ")]
    [InlineData("Backup-Database $db -Table ")]
    [InlineData("$db | Backup-Database -Repository $repo -Table ")]
    [InlineData("'sqlite:shop.db' | Backup-Database -Table ")]
    public void The_tables_of_a_source_are_offered_however_it_is_named(string line)
    {
        sandbox.Module.Invoke("$global:db = Get-Database sqlite:shop.db");

        Assert.Equal(["access_log", "orders", "users"], Complete(line));
    }

    [Fact]
    public void Tables_of_a_source_are_quoted_and_matched()
    {
        sandbox.Sqlite("quotes.db", "CREATE TABLE \"o’clock\"(x); CREATE TABLE \"od'd one\"(x); CREATE TABLE other(x);");

        string[] offered = ["'od''d one'", "other", "'o’’clock'"];
        Assert.Equal(offered, Complete("Backup-Database sqlite:quotes.db -Table o"));
        Assert.Equal(["'od''d one'"], Complete("Backup-Database sqlite:quotes.db -Table 'od"));
        var backup = sandbox.Module.Run($"Backup-Database sqlite:quotes.db -Repository $repo -Table {string.Join(',', offered)}").Single<Backup>();
        Assert.Equal(3, backup.Tables);
    }

    [Fact]
    public void The_databases_of_a_directory_are_offered_as_names() =>
        Assert.Equal(["crm", "'it''s odd'", "shop"], Complete("Get-Database sqlite:. -Name "));

    [Theory]
    [InlineData("Backup-Database -Table ")]
    [InlineData("Backup-Database sqlite:nowhere.db -Table ")]
    [InlineData("Backup-Database sqlite:. -Table ")]
    [InlineData("Backup-Database nonsense://x -Table ")]
    [InlineData("Backup-Database sqlite:shop.db -Credential unknown -Table ")]
    [InlineData("Backup-Database -Engine PostgreSql -Server 127.0.0.1 -Port 1 -Database ")]
    [InlineData("Get-Database postgresql://postgres@127.0.0.1:1 -Name ")]
    [InlineData("Restore-Database latest -Repository $repo -Target postgresql://postgres@127.0.0.1:1 -TargetDatabase ")]
    [InlineData("Get-Item . | Backup-Database -Table ")]
    public void Where_a_source_cannot_be_asked_nothing_is_offered_and_nothing_said(string line)
    {
        var files = sandbox.Picture();

        Assert.DoesNotContain(Complete(line), text => text is "users" or "crm" or "shop" or "postgres");
        Assert.Empty(sandbox.Module.Invoke("$Error"));
        Assert.Equal(files, sandbox.Picture());
    }

    /// <summary>Without a limit this would never end: the server takes the connection, says nothing, and the endpoint waits for ever.</summary>
    [Fact]
    public async Task A_server_that_says_nothing_is_left()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        int port = ((IPEndPoint)server.LocalEndpoint).Port;
        Task<TcpClient> accepted = server.AcceptTcpClientAsync(TestContext.Current.CancellationToken).AsTask();

        var offered = Complete($"Backup-Database 'postgresql://postgres@127.0.0.1:{port}/shop?connect_timeout=0&sslmode=disable' -Table ");

        using TcpClient client = await accepted;
        Assert.DoesNotContain(offered, text => text.Contains("public", StringComparison.Ordinal));
        Assert.Empty(sandbox.Module.Invoke("$Error"));
    }

    [Fact]
    public void Keys_are_offered() => Assert.Equal(["owner"], Complete("Remove-BackupRepositoryKey -Repository $repo -Name o"));

    [Fact]
    public void A_location_with_a_key_file_is_enough() =>
        Assert.Equal(["shop"], Complete("Get-DatabaseBackup -Repository ./backups -KeyFile ./backups.key -Database s"));

    [Fact]
    public void The_defaults_of_the_session_are_enough()
    {
        sandbox.Module.Invoke("$global:PSDefaultParameterValues = @{ '*-*Backup*:Repository' = $repo }");

        Assert.Equal(["shop"], Complete("Get-DatabaseBackup -Database s"));
    }

    [Theory]
    [InlineData("Get-DatabaseBackup -Repository ./backups -Database ")]
    [InlineData("Get-DatabaseBackup -Repository ./nowhere -KeyFile ./backups.key -Database ")]
    [InlineData("Get-DatabaseBackup -Database ")]
    public void Where_a_repository_does_not_open_at_once_nothing_is_offered_and_nothing_said(string line)
    {
        long start = Stopwatch.GetTimestamp();

        Assert.DoesNotContain(Complete(line), text => text is "shop" or "crm");
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Empty(sandbox.Module.Invoke("$Error"));
    }

    private IReadOnlyList<string> Complete(string line)
    {
        using var shell = sandbox.Module.Shell("");
        shell.Commands.Clear();
        return [.. CommandCompletion.CompleteInput(line, line.Length, null, shell).CompletionMatches.Select(match => match.CompletionText)];
    }
}
