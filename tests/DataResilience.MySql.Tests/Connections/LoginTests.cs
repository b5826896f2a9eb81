using System.Net;
using DataResilience.Testing.Servers;

namespace DataResilience.MySql.Tests.Connections;

[Trait("Category", "Server")]
public class LoginTests
{
    private static readonly HostEnvironment Nothing = new() { Variable = _ => null, Exists = _ => false };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Versions => MySqlServer.Versions;

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task The_right_password_opens_in_every_mode(string name)
    {
        MySqlServer server = MySqlServer.Named(name).Require();
        foreach (string parameters in (string[])["", "ssl-mode=PREFERRED", "ssl-mode=REQUIRED", "tls-version=TLSv1.2", "tls-versions=[TLSv1.3]", "compression=REQUIRED"])
        {
            await OpenAsync(User(server, "drpassword", parameters));
        }

        await OpenAsync(User(server, "drpassword", "ssl-mode=DISABLED&get-server-public-key=true"));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Sessions_are_encrypted_as_far_as_the_mode_says(string name)
    {
        MySqlServer server = MySqlServer.Named(name).Require();

        Assert.NotEqual("", await CipherAsync(User(server, "drpassword")));
        Assert.NotEqual("", await CipherAsync(User(server, "drpassword", "ssl-mode=REQUIRED")));
        Assert.Equal("", await CipherAsync(User(server, "drpassword", "ssl-mode=DISABLED")));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_wrong_password_is_a_rejected_login_and_is_not_repeated(string name)
    {
        MySqlServer server = MySqlServer.Named(name).Require();

        DataResilienceException failure = await Expect.ErrorAsync(
            Errors.LoginRejected, () => OpenAsync(User(server, "drpassword", password: "not-it")));

        Assert.Contains("drpassword", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not-it", failure.ToString(), StringComparison.Ordinal);
        await Expect.ErrorAsync(Errors.LoginRejected, () => OpenAsync(User(server, "drpassword").WithPassword(null)));
        await Expect.ErrorAsync(Errors.LoginRejected, () => OpenAsync(User(server, "there is no such user")));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_user_who_must_come_encrypted_is_told_what_may_be_missing(string name)
    {
        MySqlServer server = MySqlServer.Named(name).Require();

        DataResilienceException failure = await Expect.ErrorAsync(
            Errors.LoginRejected, () => OpenAsync(User(server, "drtls", "ssl-mode=DISABLED&get-server-public-key=true")));

        Assert.Contains("ssl-mode is DISABLED", failure.Message, StringComparison.Ordinal);
        await OpenAsync(User(server, "drtls"));
        await OpenAsync(User(server, "drtls", "ssl-mode=REQUIRED"));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task The_servers_certificate_is_checked_as_far_as_the_mode_says(string name)
    {
        MySqlServer server = MySqlServer.Named(name).Require();
        string right = $"ssl-ca={server.Certificate("ca.crt")}";
        string wrong = $"ssl-ca={server.Certificate("other-ca.crt")}";
        // The certificate does not name this address.
        DatabaseEndpoint elsewhere = User(server, "drtls", $"ssl-mode=VERIFY_IDENTITY&{right}") with { Server = "127.0.0.2" };

        await OpenAsync(User(server, "drtls", $"ssl-mode=VERIFY_IDENTITY&{right}"));
        await OpenAsync(User(server, "drtls", right));
        await OpenAsync(elsewhere with { Parameters = $"ssl-mode=VERIFY_CA&{right}" });
        DataResilienceException other = await Expect.ErrorAsync(Errors.TlsFailed, () => OpenAsync(elsewhere));
        Assert.Contains("for another host name", other.Message, StringComparison.Ordinal);
        foreach (string parameters in (string[])[$"ssl-mode=VERIFY_CA&{wrong}", wrong, $"ssl-mode=REQUIRED&{wrong}", "ssl-mode=VERIFY_CA"])
        {
            DataResilienceException refused = await Expect.ErrorAsync(Errors.TlsFailed, () => OpenAsync(User(server, "drtls", parameters)));
            Assert.Contains("of no trusted authority", refused.Message, StringComparison.Ordinal);
        }

        await Expect.ErrorAsync(Errors.TlsFailed, () => OpenAsync(User(server, "drtls", "ssl-mode=VERIFY_IDENTITY&ssl-ca=/nowhere/ca.crt")));
        await Expect.ErrorAsync(Errors.TlsFailed, () => OpenAsync(User(server, "drtls", $"ssl-ca={server.Certificate("client.key")}")));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_certificate_opens_for_a_user_who_needs_one(string name)
    {
        MySqlServer server = MySqlServer.Named(name).Require();
        string certificate = $"ssl-cert={server.Certificate("client.crt")}&ssl-key={server.Certificate("client.key")}";

        await OpenAsync(User(server, "drcert", certificate).WithPassword(null));

        await Expect.ErrorAsync(Errors.LoginRejected, () => OpenAsync(User(server, "drcert").WithPassword(null)));
        await Expect.ErrorAsync(Errors.TlsFailed, () => OpenAsync(User(server, "drcert", "ssl-cert=/nowhere/client.crt&ssl-key=/nowhere/client.key")));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task The_socket_opens_with_a_password_and_without(string name)
    {
        MySqlServer server = MySqlServer.Named(name).Require();
        DatabaseEndpoint socket = DatabaseEndpoint.Parse($"mysql://drpassword@/?socket={server.Socket}");

        await OpenAsync(socket.WithPassword(Secure(server.Password)));
        await OpenAsync(socket with { User = "root" });
        await OpenAsync(socket with { User = "root", Parameters = "ssl-mode=REQUIRED" });
        await OpenAsync(socket with { User = "root", Parameters = $"ssl-mode=VERIFY_IDENTITY&ssl-ca={server.Certificate("ca.crt")}" });
        await Expect.ErrorAsync(Errors.ServerUnreachable, () => OpenAsync(DatabaseEndpoint.Parse("mysql:///shop?socket=/nowhere/mysqld.sock")));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Every_method_of_authentication_that_the_server_has_opens(string name)
    {
        MySqlServer server = MySqlServer.Named(name).Require();
        string[] methods = server.Engine == DatabaseEngine.MariaDb
            ? ["mysql_native_password"]
            : ["caching_sha2_password", "sha256_password", .. await HasNativeAsync(server) ? ["mysql_native_password"] : Array.Empty<string>()];
        foreach (string method in methods)
        {
            string user = $"dr_{Guid.NewGuid():N}"[..20];
            string identified = server.Engine == DatabaseEngine.MariaDb
                ? $"VIA {method} USING PASSWORD('secret')"
                : $"WITH {method} BY 'secret'";
            await server.ExecuteAsync($"CREATE USER {user} IDENTIFIED {identified}");
            try
            {
                foreach (string parameters in (string[])["ssl-mode=REQUIRED", "ssl-mode=DISABLED&get-server-public-key=true"])
                {
                    await OpenAsync(User(server, user, parameters, "secret"));
                }
            }
            finally
            {
                await server.ExecuteAsync($"DROP USER {user}");
            }
        }
    }

    [Fact]
    public async Task A_method_that_the_driver_does_not_have_is_named()
    {
        MySqlServer server = MySqlServer.MariaDb.Require();
        if (await server.ScalarAsync<long>("SELECT COUNT(*) FROM information_schema.PLUGINS WHERE PLUGIN_NAME = 'ed25519' AND PLUGIN_STATUS = 'ACTIVE'") == 0)
        {
            await server.ExecuteAsync("INSTALL SONAME 'auth_ed25519'");
        }

        string user = $"dr_{Guid.NewGuid():N}"[..20];
        await server.ExecuteAsync($"CREATE USER {user} IDENTIFIED VIA ed25519 USING PASSWORD('secret')");
        try
        {
            DataResilienceException failure = await Expect.ErrorAsync(
                Errors.AuthenticationUnsupported, () => OpenAsync(User(server, user, password: "secret")));
            Assert.Contains("'client_ed25519'", failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            await server.ExecuteAsync($"DROP USER {user}");
        }
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unreachable()
    {
        DatabaseEndpoint nowhere = DatabaseEndpoint.Parse("mysql://me@127.0.0.1:1/shop");

        DataResilienceException failure = await Expect.ErrorAsync(Errors.ServerUnreachable, () => OpenAsync(nowhere));

        Assert.Contains("nothing answers at 127.0.0.1:1", failure.Message, StringComparison.Ordinal);
        await Expect.ErrorAsync(Errors.ServerUnreachable, () => OpenAsync(nowhere with { Server = "does-not-exist.invalid" }));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_database_that_is_not_there_is_not_found(string name)
    {
        MySqlServer server = MySqlServer.Named(name).Require();
        DatabaseEndpoint missing = User(server, "dradmin") with { Database = "there is no such database" };

        await Expect.ErrorAsync(Errors.SourceNotFound, () => OpenAsync(missing));
        await Expect.ErrorAsync(Errors.TargetNotFound, () => OpenAsync(missing, new TargetFailures()));
        await Expect.ErrorAsync(Errors.PermissionDenied, () => OpenAsync(User(server, "drpassword") with { Database = "mysql" }));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_locked_or_expired_account_and_one_with_too_many_sessions_are_told_as_that(string name)
    {
        MySqlServer server = MySqlServer.Named(name).Require();
        string user = $"dr_{Guid.NewGuid():N}"[..20];
        await server.ExecuteAsync($"CREATE USER {user} IDENTIFIED BY 'secret' WITH MAX_USER_CONNECTIONS 1");
        try
        {
            await using (await ConnectAsync(User(server, user, password: "secret")))
            {
                await Expect.ErrorAsync(Errors.ConnectionsExhausted, () => OpenAsync(User(server, user, password: "secret")));
            }

            await server.ExecuteAsync($"ALTER USER {user} PASSWORD EXPIRE");
            await Expect.ErrorAsync(Errors.LoginRejected, () => OpenAsync(User(server, user, password: "secret")));
            await server.ExecuteAsync($"ALTER USER {user} ACCOUNT LOCK");
            await Expect.ErrorAsync(Errors.LoginRejected, () => OpenAsync(User(server, user, password: "secret")));
        }
        finally
        {
            await server.ExecuteAsync($"DROP USER {user}");
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_session_knows_what_it_is_with_and_by_which_number(string name)
    {
        MySqlServer server = MySqlServer.Named(name).Require();
        await using ServerSession session = await ConnectAsync(User(server, "drpassword"));

        Assert.Equal(server.Engine, session.Version.Engine);
        Assert.Equal(await server.VersionAsync(), session.Version.Number);
        Assert.Equal(await session.ScalarAsync("SELECT CONNECTION_ID()", Token), $"{session.ProcessId}");
    }

    [Fact]
    public void Versions_that_are_too_old_are_refused()
    {
        ServerAddress address = ServerAddress.Of(DatabaseEndpoint.Parse("mysql://host/db"), Nothing);

        foreach (string old in (string[])["5.7.44-log", "10.5.29-MariaDB", "5.5.5-10.5.29-MariaDB-log", "nonsense"])
        {
            DataResilienceException failure = Assert.Throws<DataResilienceException>(() => SessionChecks.RequireVersion(ServerVersion.Parse(old), address));
            Assert.Equal(Errors.ServerUnsupported.Code, failure.ErrorCode);
        }

        foreach (string supported in (string[])["8.0.11", "8.4.9-2", "9.7.4", "10.6.0-MariaDB", "5.5.5-10.11.6-MariaDB-0+deb12u1", "12.1.2-MariaDB"])
        {
            SessionChecks.RequireVersion(ServerVersion.Parse(supported), address);
        }
    }

    private static async Task<bool> HasNativeAsync(MySqlServer server) => await server.ScalarAsync<long>(
        "SELECT COUNT(*) FROM information_schema.PLUGINS WHERE PLUGIN_NAME = 'mysql_native_password' AND PLUGIN_STATUS = 'ACTIVE'") > 0;

    private static DatabaseEndpoint User(MySqlServer server, string user, string parameters = "", string? password = null) =>
        (server.Endpoint("", user) with { Parameters = parameters }).WithPassword(Secure(password ?? server.Password));

    private static System.Security.SecureString Secure(string password) => new NetworkCredential("", password).SecurePassword;

    private static Task<ServerSession> ConnectAsync(DatabaseEndpoint endpoint, ServerFailures? failures = null) =>
        ServerSession.OpenAsync(ServerAddress.Of(endpoint, Nothing with { Exists = File.Exists }), failures ?? new SourceFailures(), SessionPurpose.Read, Token);

    private static async Task OpenAsync(DatabaseEndpoint endpoint, ServerFailures? failures = null)
    {
        await using ServerSession session = await ConnectAsync(endpoint, failures);
        Assert.Equal("1", await session.ScalarAsync("SELECT 1", Token));
    }

    private static async Task<string> CipherAsync(DatabaseEndpoint endpoint)
    {
        await using ServerSession session = await ConnectAsync(endpoint);
        IReadOnlyList<string> rows = await session.QueryAsync("SHOW SESSION STATUS LIKE 'Ssl_cipher'", row => row.GetString(1), Token);
        return Assert.Single(rows);
    }
}
