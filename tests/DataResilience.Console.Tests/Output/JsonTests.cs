using System.Text.Json;
using DataResilience.Console.Output;
using DataResilience.Console.Tests.Commands;
using DataResilience.Console.Tests.Fakes;

namespace DataResilience.Console.Tests.Output;

public sealed class JsonTests
{
    public static TheoryData<string> Requests => [.. OperationCommands.Requests.Select(request => request.Name)];

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_line_has_exactly_the_properties_of_the_result_in_their_order(string requestName)
    {
        Type request = OperationCommands.Requests.Single(type => type.Name == requestName);
        Type result = OperationCommands.ResultOf(request)!;
        var run = new FakeRun();
        run.Operations.Answer(Results.Of(result));

        await run.RunAsync([.. OperationCommands.Path(OperationCommands.For(request)), "--json", .. request == typeof(RemoveDatabaseBackupRequest) ? (string[])["--yes"] : []]);

        string line = Assert.Single(run.Output.TrimEnd().Split('\n'));
        Type item = result.IsGenericType ? result.GetGenericArguments()[0] : result;
        Assert.Equal(item.GetProperties().Select(property => property.Name), JsonElement.Parse(line).EnumerateObject().Select(property => property.Name));
        Assert.Equal("", run.Error);
    }

    [Fact]
    public void A_backup() => Assert.Equal(
        """{"BackupId":"20261122T101500Z-sqlite-shop-k3v9qd","Engine":"Sqlite","EngineVersion":"3.50.4","Server":"host","Database":"shop","Source":"sqlite:/data/shop.db","Type":"Full","ParentId":null,"Start":"2026-11-22T10:15:00Z","End":"2026-11-22T10:16:03.5Z","Duration":"PT1M3.5S","DurationSeconds":63.5,"Tables":3,"Rows":100000,"TotalSize":15000000,"StoredSize":4200000,"NewSize":4100000,"RecoveryPosition":"","Repository":"/backups","IsEncrypted":true,"Status":"Complete","VerifiedOn":null,"Reason":"nightly","Tags":["a","b"]}""",
        JsonLine.Of(Results.Backup));

    [Fact]
    public void A_repository() => Assert.Equal(
        """{"Location":"/backups","RepositoryId":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","Fingerprint":"ab12-cd34","FormatVersion":1,"KeyName":"owner","Roles":"Owner","Backups":2,"Databases":1,"StoredSize":4200000,"LatestBackup":"2026-11-22T10:15:00Z"}""",
        JsonLine.Of(Results.Repository));

    [Fact]
    public void A_verification_with_a_finding() => Assert.Equal(
        """{"BackupId":"20261122T101500Z-sqlite-shop-k3v9qd","Database":"shop","Repository":"/backups","Level":"Checksum","IsValid":false,"ContentOpened":true,"ChunksTotal":12,"ChunksChecked":12,"BytesRead":4200000,"ProblemCount":1,"Problems":[{"Object":"packs/ab/abcdef","Table":"orders","Kind":"Corrupt","Expected":"1234","Actual":"5678","Recoverable":false}],"Start":"2026-11-22T11:00:00Z","Duration":"PT1.25S","DurationSeconds":1.25}""",
        JsonLine.Of(Results.Damaged));

    [Fact]
    public void A_key() => Assert.Equal(
        """{"KeyId":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","Name":"cron","Roles":"Writer, Reader","Protection":"KeyFile","Created":"2026-11-01T00:00:00Z","IsCurrent":true,"Repository":"/backups"}""",
        JsonLine.Of(Results.Key));

    [Fact]
    public void A_database() => Assert.Equal(
        """{"Name":"shop","Engine":"Sqlite","EngineVersion":"3.50.4","Server":"host","Endpoint":"sqlite:/data/shop.db","Size":15000000,"Tables":3,"TableNames":[],"Owner":"","Encoding":"","Obstacle":""}""",
        JsonLine.Of(Results.Database));

    [Fact]
    public void A_restore_has_its_steps() => Assert.Contains(
        """[{"Name":"Load rows","Status":"Done","Duration":"PT2S","Detail":"100,000 rows"}]""",
        JsonLine.Of(Results.Restore), StringComparison.Ordinal);

    [Fact]
    public void Names_stay_readable_and_stay_in_one_line() =>
        Assert.Contains("\"Database\":\"größe '<x>'\\n2\"", JsonLine.Of(Results.Backup with { Database = "größe '<x>'\n2" }), StringComparison.Ordinal);

    [Fact]
    public async Task An_error_is_one_object_on_standard_error()
    {
        var run = new FakeRun();
        run.Operations.Fail(Errors.KeyRejected.Create("/backups"));

        Assert.Equal(1, await run.RunAsync("list", "--json"));

        Assert.Equal(
            """{"errorCode":"KeyRejected","message":"The key does not open the repository '/backups'.","recommendedAction":"Check the passphrase or the key file. 'dataresilience key list', run with a key that works, lists the keys there are.","target":"/backups"}""" + "\n",
            run.Error);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task A_plan_is_one_object()
    {
        var run = new FakeRun();

        await run.RunAsync("backup", "--what-if", "--json");

        Assert.Equal("""{"Target":"the target","Action":"Do it","Details":["one detail"]}""" + "\n", run.Output);
    }

    [Fact]
    public async Task Every_message_is_an_object_too()
    {
        var run = new FakeRun();
        run.Operations.Answer((Backup[])[Results.Backup]);
        run.Operations.Report = reporter =>
        {
            reporter.Verbose("opened");
            reporter.Warning("beware");
        };

        await run.RunAsync("list", "--json", "--verbose");

        Assert.Equal("{\"level\":\"verbose\",\"message\":\"opened\"}\n{\"level\":\"warning\",\"message\":\"beware\"}\n", run.Error);
    }
}
