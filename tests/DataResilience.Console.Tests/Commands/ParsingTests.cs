using DataResilience.Console.Tests.Fakes;

namespace DataResilience.Console.Tests.Commands;

public sealed class ParsingTests
{
    [Fact]
    public async Task Backup_understands_all_it_can_be_told()
    {
        var run = new FakeRun();
        run.Operations.Answer(Results.Backup);

        int exitCode = await run.RunAsync(
            "backup", "sqlite:/data/shop.db", "-r", "/backups", "--key-file", "/k", "--table", "a,b", "--table", "c*", "--exclude-table", "d",
            "--parallel", "4", "--lock-timeout", "2m", "--reason", "before the upgrade", "--tag", "x", "--tag", "@y", "--fingerprint", "f");

        Assert.Equal("", run.Error);
        Assert.Equal(0, exitCode);
        var request = Assert.IsType<BackupDatabaseRequest>(Assert.Single(run.Operations.Requests));
        Assert.Equal("sqlite:/data/shop.db", request.Source!.ToString());
        Assert.Equal("/backups", request.Repository!.Location);
        Assert.Equal("/k", request.KeyFile);
        Assert.Equal(["a,b", "c*"], request.Table);
        Assert.Equal(["d"], request.ExcludeTable);
        Assert.Equal(4, request.ThrottleLimit);
        Assert.Equal(TimeSpan.FromMinutes(2), request.LockTimeout);
        Assert.Equal("before the upgrade", request.Reason);
        Assert.Equal(["x", "@y"], request.Tag);
        Assert.Equal("f", request.Fingerprint);
    }

    [Fact]
    public async Task What_is_not_given_stays_as_the_request_has_it()
    {
        var run = new FakeRun();
        run.Operations.Answer(Results.Backup);

        await run.RunAsync("backup");

        var request = (BackupDatabaseRequest)run.Operations.Requests.Single();
        Assert.Equal(new BackupDatabaseRequest() with { Table = request.Table, ExcludeTable = request.ExcludeTable, Tag = request.Tag }, request);
        Assert.Empty(request.Table.Concat(request.ExcludeTable).Concat(request.Tag));
    }

    [Fact]
    public async Task Relative_paths_start_from_the_current_directory()
    {
        var run = new FakeRun();
        run.Operations.Answer(Results.Restore);

        await run.RunAsync("restore", "sqlite:copy.db", "--repository", "backups", "--key-file", "k");

        var request = (RestoreDatabaseRequest)run.Operations.Requests.Single();
        Assert.Equal(Path.GetFullPath("copy.db"), request.Target!.Database);
        Assert.Equal(Path.GetFullPath("backups"), request.Repository!.Location);
        Assert.Equal(Path.GetFullPath("k"), request.KeyFile);
    }

    [Fact]
    public async Task A_bucket_is_not_a_path()
    {
        var run = new FakeRun();
        run.Operations.Answer(Results.Repository);

        await run.RunAsync("repository", "info", "-r", "s3://bucket/prefix");

        Assert.Equal("s3://bucket/prefix", ((GetBackupRepositoryRequest)run.Operations.Requests.Single()).Repository!.Location);
    }

    [Theory]
    [InlineData("ArgumentInvalid", "backup", "sqlite:a.db", "--source", "sqlite:b.db")]
    [InlineData("ArgumentInvalid", "backup", "--throttle-limit", "x")]
    [InlineData("ArgumentInvalid", "backup", "--lock-timeout", "30")]
    [InlineData("ArgumentInvalid", "backup", "--reason", "")]
    [InlineData("ArgumentInvalid", "backup", "--tabel", "x")]
    [InlineData("ArgumentInvalid", "list", "--since", "yesterday")]
    [InlineData("ArgumentInvalid", "list", "--engine", "1")]
    [InlineData("ArgumentInvalid", "verify", "--level", "catalog,restore")]
    [InlineData("ArgumentInvalid", "key", "add", "k", "--role", "boss")]
    [InlineData("ArgumentInvalid", "list", "--passphrase-file", "/nowhere/at/all")]
    [InlineData("ArgumentInvalid", "repository")]
    [InlineData("ArgumentInvalid", "bakup")]
    [InlineData("EndpointInvalid", "backup", "shop.db")]
    [InlineData("PasswordInUri", "backup", "mysql://u:secret@host/db")]
    public async Task A_command_line_that_cannot_be_used_ends_with_2_and_runs_nothing(string code, params string[] args)
    {
        var run = new FakeRun();

        int exitCode = await run.RunAsync(args);

        Assert.Equal(2, exitCode);
        Assert.StartsWith($"error {code}: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("\n  what to do: ", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
        Assert.Empty(run.Operations.Requests);
        Assert.DoesNotContain("secret", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistyped_command_line_shows_the_usage_and_what_was_probably_meant()
    {
        var run = new FakeRun();

        await run.RunAsync("backup", "--tabel", "x");

        Assert.Contains("Did you mean '--table'?", run.Error, StringComparison.Ordinal);
        Assert.Contains("backup [<source>] [options]", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--passphrase", "hunter2hunter2")]
    [InlineData("--passphrase=hunter2hunter2", "")]
    [InlineData("--new-passphrase", "hunter2hunter2")]
    public async Task A_secret_on_the_command_line_is_refused_and_not_repeated(string option, string value)
    {
        var run = new FakeRun();

        Assert.Equal(2, await run.RunAsync("list", option, value));

        Assert.DoesNotContain("hunter2", run.Error, StringComparison.Ordinal);
        Assert.Contains("--passphrase-file", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_command_at_all_shows_the_help_and_ends_with_2()
    {
        var run = new FakeRun();

        Assert.Equal(2, await run.RunAsync());

        Assert.Contains("Commands:", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task A_usage_error_with_json_is_one_json_object()
    {
        var run = new FakeRun();

        Assert.Equal(2, await run.RunAsync("list", "--sinse", "--json"));

        Assert.StartsWith("{\"errorCode\":\"ArgumentInvalid\",\"message\":\"", Assert.Single(run.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }
}
