using System.Net;
using DataResilience.Testing;
using DataResilience.Testing.Servers;
using MySqlConnector;

namespace DataResilience.MySql.Tests.Connections;

[Trait("Category", "Server")]
public class SessionTests
{
    // Terabytes: whoever reads it to its end does not come back.
    private const string Endless =
        "SELECT REPEAT('x', 100000) FROM information_schema.COLLATIONS AS a, information_schema.COLLATIONS AS b, information_schema.COLLATIONS AS c";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Versions => MySqlServer.Versions;

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_cancelled_statement_ends_at_the_server_and_the_session_goes_on(string name)
    {
        MySqlServer server = MySqlServer.Named(name).Require();
        await using ServerSession session = await OpenAsync(server);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task query = session.ExecuteAsync("SELECT SLEEP(3600)", cancel.Token);
        await Wait.UntilAsync(async () => await StatementAsync(server, session) is { } sql && sql.Contains("SLEEP", StringComparison.Ordinal), "the statement");

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query);
        Assert.False(session.IsDiscarded);
        Assert.Equal("1", await session.ScalarAsync("SELECT 1", Token));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_result_that_is_left_before_its_end_is_ended_at_the_server(string name)
    {
        MySqlServer server = MySqlServer.Named(name).Require();
        ServerSession session = await OpenAsync(server);
        await using (ResultReader rows = await session.ReadAsync(Endless, Token))
        {
            Assert.True(await rows.ReadAsync(Token));
            Assert.Equal(100_000, rows.Row.GetString(0).Length);
        }

        Assert.True(session.IsDiscarded);
        await Expect.ErrorAsync(Errors.ConnectionLost, () => session.ScalarAsync("SELECT 1", Token));
        await session.DisposeAsync();

        await AssertGoneAsync(server, session);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_query_that_is_cancelled_before_its_first_row_ends_at_the_server(string name)
    {
        MySqlServer server = MySqlServer.Named(name).Require();
        ServerSession session = await OpenAsync(server);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task query = session.ReadAsync("SELECT SLEEP(3600), REPEAT('x', 100000)", cancel.Token);
        await Wait.UntilAsync(async () => await StatementAsync(server, session) is { } sql && sql.Contains("SLEEP", StringComparison.Ordinal), "the statement");

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query);
        await session.DisposeAsync();
        await AssertGoneAsync(server, session);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_result_that_is_cancelled_in_its_middle_is_ended_at_the_server(string name)
    {
        MySqlServer server = MySqlServer.Named(name).Require();
        ServerSession session = await OpenAsync(server);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        // The server sends nothing of a result before it has filled its buffer.
        await using (ResultReader rows = await session.ReadAsync("SELECT REPEAT('x', 100000), SLEEP(i) FROM (SELECT 0 AS i UNION ALL SELECT 3600) AS t", Token))
        {
            ValueTask<bool> first = rows.ReadAsync(cancel.Token);
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                while (await first)
                {
                    first = rows.ReadAsync(cancel.Token);
                }
            });
        }

        await session.DisposeAsync();

        await AssertGoneAsync(server, session);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_result_that_is_read_to_its_end_leaves_the_session_whole(string name)
    {
        MySqlServer server = MySqlServer.Named(name).Require();
        await using ServerSession session = await OpenAsync(server);
        int count = 0;
        await using (ResultReader rows = await session.ReadAsync("SELECT ? UNION ALL SELECT 2", Token, 1))
        {
            while (await rows.ReadAsync(Token))
            {
                count++;
            }
        }

        Assert.Equal((2, false), (count, session.IsDiscarded));
        Assert.Equal("1", await session.ScalarAsync("SELECT 1", Token));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_session_that_somebody_ends_is_lost_and_says_so_ever_after(string name)
    {
        MySqlServer server = MySqlServer.Named(name).Require();
        await using ServerSession session = await OpenAsync(server);
        await server.ExecuteAsync($"KILL {session.ProcessId}");

        await Expect.ErrorAsync(Errors.ConnectionLost, () => session.ScalarAsync("SELECT 1", Token));
        await Expect.ErrorAsync(Errors.ConnectionLost, () => session.ScalarAsync("SELECT 1", Token));
    }

    // What a server says by number, said by a real one.
    public static TheoryData<int, string, string> Answers => new()
    {
        { 1021, nameof(Errors.ServerRefused), nameof(Errors.TargetFull) },
        { 1040, nameof(Errors.ConnectionsExhausted), nameof(Errors.ConnectionsExhausted) },
        { 1044, nameof(Errors.PermissionDenied), nameof(Errors.PermissionDenied) },
        { 1049, nameof(Errors.SourceNotFound), nameof(Errors.TargetNotFound) },
        { 1053, nameof(Errors.ConnectionLost), nameof(Errors.ConnectionLost) },
        { 1114, nameof(Errors.ServerRefused), nameof(Errors.TargetFull) },
        { 1129, nameof(Errors.LoginRejected), nameof(Errors.LoginRejected) },
        { 1130, nameof(Errors.LoginRejected), nameof(Errors.LoginRejected) },
        { 1142, nameof(Errors.PermissionDenied), nameof(Errors.PermissionDenied) },
        { 1153, nameof(Errors.PacketTooLarge), nameof(Errors.PacketTooLarge) },
        { 1205, nameof(Errors.SnapshotNotHeld), nameof(Errors.TargetInUse) },
        { 1213, nameof(Errors.SnapshotNotHeld), nameof(Errors.TargetInUse) },
        { 1226, nameof(Errors.ConnectionsExhausted), nameof(Errors.ConnectionsExhausted) },
        { 1227, nameof(Errors.PermissionDenied), nameof(Errors.PermissionDenied) },
        { 1290, nameof(Errors.ServerRefused), nameof(Errors.TargetUnwritable) },
        { 1317, nameof(Errors.ConnectionLost), nameof(Errors.ConnectionLost) },
        { 1370, nameof(Errors.PermissionDenied), nameof(Errors.PermissionDenied) },
        { 1412, nameof(Errors.SourceChanged), nameof(Errors.ServerRefused) },
        { 1418, nameof(Errors.PermissionDenied), nameof(Errors.PermissionDenied) },
        { 1698, nameof(Errors.LoginRejected), nameof(Errors.LoginRejected) },
        { 1820, nameof(Errors.LoginRejected), nameof(Errors.LoginRejected) },
        { 1836, nameof(Errors.ServerRefused), nameof(Errors.TargetUnwritable) },
        { 3159, nameof(Errors.TlsRequired), nameof(Errors.TlsRequired) },
        { 3948, nameof(Errors.LocalInfileDisabled), nameof(Errors.LocalInfileDisabled) },
        { 4166, nameof(Errors.LocalInfileDisabled), nameof(Errors.LocalInfileDisabled) },
        { 1064, nameof(Errors.ServerRefused), nameof(Errors.ServerRefused) },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task What_a_server_answers_is_told_by_what_it_means_on_either_side(int number, string source, string target)
    {
        MySqlServer server = MySqlServer.MariaDb.Require();
        string sql = $"SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = {number}, MESSAGE_TEXT = 'words of the server'";
        await using ServerSession read = await OpenAsync(server);
        await using ServerSession load = await OpenAsync(server, SessionPurpose.Load, new TargetFailures());

        await AssertAnswerAsync(source, () => read.ExecuteAsync(sql, Token));
        await AssertAnswerAsync(target, () => load.ExecuteAsync(sql, Token));
    }

    [Theory]
    [InlineData(1030, "Got error 28 \"No space left on device\" from storage engine InnoDB", nameof(Errors.TargetFull))]
    [InlineData(1026, "Error writing file x (Errcode: 28 - No space left on device)", nameof(Errors.TargetFull))]
    [InlineData(1030, "Got error 128 from storage engine", nameof(Errors.ServerRefused))]
    public async Task A_full_disk_is_told_by_the_number_of_the_system(int number, string message, string code)
    {
        await using ServerSession load = await OpenAsync(MySqlServer.MariaDb.Require(), SessionPurpose.Load, new TargetFailures());

        await AssertAnswerAsync(code, () => load.ExecuteAsync($"SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = {number}, MESSAGE_TEXT = '{message}'", Token));
    }

    [Theory]
    [InlineData("ssl-mode=DISABLED&get-server-public-key=true")]
    [InlineData("ssl-mode=REQUIRED")]
    [InlineData("ssl-mode=VERIFY_IDENTITY")]
    public async Task Rows_are_loaded_from_the_stream_that_was_given_and_from_no_file(string parameters)
    {
        MySqlServer server = MySqlServer.MySql.Require();
        await using MySqlTestDatabase database = await server.CreateDatabaseAsync("load");
        await database.ExecuteAsync("CREATE TABLE t (a TEXT)");
        await using ServerSession session = await OpenAsync(
            server, SessionPurpose.Load, new TargetFailures(), $"{parameters}&ssl-ca={server.Certificate("ca.crt")}", database.Name);
        using var rows = new MemoryStream("one\ntwo\n"u8.ToArray());

        await session.GuardAsync(() => Loader(session, rows).LoadAsync(Token), Token);
        await Expect.ErrorAsync(Errors.ServerUntrusted, () => session.ExecuteAsync("LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE t", Token));

        Assert.Equal(2, await database.ScalarAsync<long>("SELECT COUNT(*) FROM t"));
    }

    [Fact]
    public async Task What_goes_wrong_where_rows_come_from_is_told_as_it_is()
    {
        MySqlServer server = MySqlServer.MariaDb.Require();
        await using MySqlTestDatabase database = await server.CreateDatabaseAsync("load");
        await database.ExecuteAsync("CREATE TABLE t (a TEXT)");
        await using ServerSession session = await OpenAsync(server, SessionPurpose.Load, new TargetFailures(), "", database.Name);
        using var rows = new BrokenStream(Errors.ObjectDamaged.Create("x", "it is short"));

        await Expect.ErrorAsync(Errors.ObjectDamaged, () => session.GuardAsync(() => Loader(session, rows).LoadAsync(Token), Token));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_statement_larger_than_the_server_takes_is_told_as_that(string name)
    {
        MySqlServer server = MySqlServer.Named(name).Require();
        await using ServerSession session = await OpenAsync(server);
        int most = int.Parse((await session.ScalarAsync("SELECT @@max_allowed_packet", Token))!, System.Globalization.CultureInfo.InvariantCulture);

        await Expect.ErrorAsync(Errors.PacketTooLarge, () => session.ScalarAsync($"SELECT LENGTH('{new string('x', most + 1)}')", Token));
    }

    private static MySqlBulkLoader Loader(ServerSession session, Stream rows) =>
        new(session.Connection) { Local = true, SourceStream = rows, TableName = "t", FieldTerminator = "\t", LineTerminator = "\n" };

    private static async Task AssertAnswerAsync(string code, Func<Task> action)
    {
        DataResilienceException failure = await Assert.ThrowsAsync<DataResilienceException>(action);
        Assert.Equal(code, failure.ErrorCode);
    }

    private static async Task<ServerSession> OpenAsync(
        MySqlServer server, SessionPurpose purpose = SessionPurpose.Read, ServerFailures? failures = null, string parameters = "", string database = "")
    {
        DatabaseEndpoint endpoint = (server.Endpoint(database) with { Parameters = parameters })
            .WithPassword(new NetworkCredential("", server.Password).SecurePassword);
        return await ServerSession.OpenAsync(
            ServerAddress.Of(endpoint, new HostEnvironment { Variable = _ => null, Exists = _ => false }), failures ?? new SourceFailures(), purpose, Token);
    }

    private static Task<string?> StatementAsync(MySqlServer server, ServerSession session) =>
        server.ScalarAsync<string?>($"SELECT MAX(INFO) FROM information_schema.PROCESSLIST WHERE ID = {session.ProcessId}");

    // The server takes note of it when it next looks.
    private static Task AssertGoneAsync(MySqlServer server, ServerSession session) => Wait.UntilAsync(async () =>
        await server.ScalarAsync<long>($"SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE ID = {session.ProcessId}") == 0, "the end of the session");

    private sealed class BrokenStream(Exception failure) : MemoryStream
    {
        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromException<int>(failure);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromException<int>(failure);
    }
}
