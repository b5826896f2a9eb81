using System.Diagnostics;
using System.Management.Automation;

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
    public void Tables_are_offered_with_their_wildcards_escaped() =>
        Assert.Equal(
            ["'a b'", "'c`[1`]'"], Complete("Restore-Database latest -Database \"it's odd\" -Repository $repo -Table ").Order(StringComparer.Ordinal));

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
