using DataResilience.Testing.FileLayers;
using DataResilience.Testing.Servers;

namespace DataResilience.MySql.Tests.Connections;

/// <summary>What answers where a server is expected, and is none, or is one that wants more than it may have.</summary>
public class HostileServerTests
{
    private const string File = "/etc/passwd";

    private const byte Quit = 1;

    private static readonly HostEnvironment Nothing = new() { Variable = _ => null, Exists = _ => false, UserName = "me" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_that_says_nothing_is_given_up_after_the_endpoints_time()
    {
        await using var server = new FakeMySqlServer(connection => connection.HangAsync());

        DataResilienceException failure = await Expect.ErrorAsync(Errors.ServerUnreachable, () => OpenAsync(server, "connect-timeout=1"));

        Assert.Contains($"127.0.0.1:{server.Port} did not answer within 1 seconds", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_says_nothing_after_the_login_is_given_up_too()
    {
        await using var server = new FakeMySqlServer(async connection =>
        {
            await connection.LogInAsync(offersTls: false);
            await connection.HangAsync();
        });

        await Expect.ErrorAsync(Errors.ServerUnreachable, () => OpenAsync(server, "connect-timeout=1"));
    }

    [Fact]
    public async Task Whoever_cancels_does_not_wait_for_one_that_says_nothing()
    {
        var reached = new TaskCompletionSource();
        await using var server = new FakeMySqlServer(connection =>
        {
            reached.SetResult();
            return connection.HangAsync();
        });
        using var cancel = new CancellationTokenSource();
        Task opening = OpenAsync(server, "connect-timeout=0", token: cancel.Token);
        await reached.Task;

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
    }

    [Fact]
    public async Task One_that_closes_in_the_middle_of_the_greeting_is_unreachable()
    {
        await using var server = new FakeMySqlServer(connection => connection.SendRawAsync([200, 0, 0, 0, 10, (byte)'8']));

        await Expect.ErrorAsync(Errors.ServerUnreachable, () => OpenAsync(server, ""));
    }

    [Fact]
    public async Task One_that_closes_after_the_login_is_unreachable()
    {
        await using var server = new FakeMySqlServer(connection => connection.LogInAsync(offersTls: false));

        await Expect.ErrorAsync(Errors.ServerUnreachable, () => OpenAsync(server, ""));
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\nno")]
    [InlineData("\u0005\0\0\0SSH-2")]
    [InlineData("\u0004\0\0\u0000\nabc")]
    public async Task One_that_speaks_something_else_is_told_apart(string garbage)
    {
        await using var server = new FakeMySqlServer(connection => connection.SendRawAsync(System.Text.Encoding.Latin1.GetBytes(garbage)));

        await Expect.ErrorAsync(Errors.ServerUnreachable, () => OpenAsync(server, ""));
    }

    [Theory]
    [InlineData("ssl-mode=REQUIRED")]
    [InlineData("ssl-mode=VERIFY_CA")]
    [InlineData("ssl-mode=VERIFY_IDENTITY")]
    public async Task One_that_offers_no_encryption_gets_no_password_where_encryption_is_wanted(string parameters)
    {
        byte[]? login = null;
        await using var server = new FakeMySqlServer(async connection => login = await connection.LogInAsync(offersTls: false));

        DataResilienceException failure = await Expect.ErrorAsync(Errors.TlsFailed, () => OpenAsync(server, parameters));

        Assert.Contains("does not offer encryption", failure.Message, StringComparison.Ordinal);
        Assert.True(login is null or [Quit]);
    }

    [Theory]
    [InlineData("ssl-mode=VERIFY_CA", "of no trusted authority")]
    [InlineData("ssl-mode=VERIFY_IDENTITY", "of no trusted authority")]
    public async Task One_whose_certificate_nobody_has_signed_gets_no_password(string parameters, string reason)
    {
        byte[]? login = null;
        await using var server = new FakeMySqlServer(async connection => login = await connection.LogInAsync(offersTls: true));

        DataResilienceException failure = await Expect.ErrorAsync(Errors.TlsFailed, () => OpenAsync(server, parameters));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Null(login);
    }

    [Theory]
    [InlineData("client_ed25519")]
    [InlineData("parsec")]
    [InlineData("authentication_webauthn_client")]
    [InlineData("dialog")]
    public async Task One_that_wants_a_method_nobody_knows_is_answered_with_its_name(string method)
    {
        await using var server = new FakeMySqlServer(async connection =>
        {
            await connection.LogInAsync(offersTls: false);
            await connection.SwitchAsync(method);
            await connection.HangAsync();
        });

        DataResilienceException failure = await Expect.ErrorAsync(Errors.AuthenticationUnsupported, () => OpenAsync(server, ""));

        Assert.Contains($"'{method}'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_wants_the_password_in_clear_does_not_get_it_by_another_word()
    {
        await using var server = new FakeMySqlServer(async connection =>
        {
            await connection.LogInAsync(offersTls: false);
            await connection.SwitchAsync("mysql_old_password");
            await connection.HangAsync();
        });

        await Expect.ErrorAsync(Errors.AuthenticationUnsupported, () => OpenAsync(server, ""));
    }

    [Theory]
    [InlineData("Read", "")]
    [InlineData("Load", "")]
    [InlineData("Read", "ssl-mode=REQUIRED")]
    [InlineData("Load", "ssl-mode=REQUIRED")]
    [InlineData("Read", "ssl-mode=VERIFY_IDENTITY")]
    [InlineData("Load", "ssl-mode=VERIFY_IDENTITY")]
    public async Task One_that_asks_for_a_file_in_answer_to_a_query_does_not_get_it(string purpose, string parameters)
    {
        var sent = new TaskCompletionSource<byte[]>();
        await using var server = new FakeMySqlServer(async connection =>
        {
            await connection.LogInAsync(offersTls: parameters.Length > 0);
            await connection.OkAsync();
            await connection.ServeAsync();
            await connection.AskForFileAsync(File);
            sent.SetResult(await connection.ReceiveAsync());
            await connection.OkAsync();
            await connection.HangAsync();
        });
        using var directory = new TemporaryDirectory();
        string authority = Path.Combine(directory.Path, "ca.pem");
        await System.IO.File.WriteAllTextAsync(authority, server.Certificate.ExportCertificatePem(), Token);
        await using ServerSession session = await OpenAsync(
            server, parameters.Contains("VERIFY", StringComparison.Ordinal) ? $"{parameters}&ssl-ca={authority}" : parameters, Enum.Parse<SessionPurpose>(purpose));

        await Expect.ErrorAsync(Errors.ServerUntrusted, () => session.ScalarAsync("SELECT 1", Token));

        // The packet that says "this was all", and nothing before it.
        Assert.Empty(await sent.Task);
    }

    [Fact]
    public async Task One_that_asks_for_a_file_before_anything_was_asked_of_it_does_not_get_it()
    {
        await using var server = new FakeMySqlServer(async connection =>
        {
            await connection.LogInAsync(offersTls: false);
            await connection.OkAsync();
            await connection.NextQueryAsync();
            await connection.AskForFileAsync(File);
            await connection.HangAsync();
        });

        await Expect.ErrorAsync(Errors.ServerUnreachable, () => OpenAsync(server, "connect-timeout=2", SessionPurpose.Load));
    }

    [Fact]
    public async Task One_whose_session_has_another_number_than_its_login_is_a_pooler()
    {
        await using var server = new FakeMySqlServer(async connection =>
        {
            await connection.LogInAsync(offersTls: false);
            await connection.OkAsync();
            await connection.ServeAsync(FakeMySqlConnection.Id + 1);
        });

        await Expect.ErrorAsync(Errors.PoolerUnsupported, () => OpenAsync(server, ""));
    }

    [Fact]
    public async Task One_that_does_not_answer_a_query_is_left_when_it_is_cancelled()
    {
        var asked = new TaskCompletionSource();
        await using var server = new FakeMySqlServer(async connection =>
        {
            await connection.LogInAsync(offersTls: false);
            await connection.OkAsync();
            await connection.ServeAsync();
            asked.TrySetResult();
            await connection.HangAsync();
        });
        using var cancel = new CancellationTokenSource();
        ServerSession session = await OpenAsync(server, "connect-timeout=5", time: new QuickTime());
        Task query = session.ScalarAsync("SELECT SLEEP(1000)", cancel.Token);
        await asked.Task;

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query);
        await session.DisposeAsync();

        Assert.True(session.IsDiscarded);
    }

    private static Task<ServerSession> OpenAsync(
        FakeMySqlServer server, string parameters, SessionPurpose purpose = SessionPurpose.Read, CancellationToken? token = null, TimeProvider? time = null)
    {
        DatabaseEndpoint endpoint = server.Endpoint(parameters).WithPassword(new System.Net.NetworkCredential("", "secret").SecurePassword);
        return ServerSession.OpenAsync(ServerAddress.Of(endpoint, Nothing), new SourceFailures(), purpose, token ?? Token, time);
    }
}
