using System.Net;
using DataResilience.Testing.Servers;

namespace DataResilience.PostgreSql.Tests.Connections;

[Trait("Category", "Server")]
public class LoginTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static PostgreSqlServer Server => PostgreSqlServer.Release.Require();

    [Fact]
    public async Task The_right_password_opens()
    {
        await OpenAsync(User("drpassword"));
        await OpenAsync(User("drpassword", "sslmode=disable"));
        await OpenAsync(User("drpassword", "sslmode=require&channel_binding=require"));
    }

    [Fact]
    public async Task A_wrong_password_is_a_rejected_login_and_is_not_repeated()
    {
        DataResilienceException failure = await Expect.ErrorAsync(Errors.LoginRejected, () => OpenAsync(User("drpassword", password: "not-it")));

        Assert.Contains("drpassword", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not-it", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public Task No_password_is_a_rejected_login() =>
        Expect.ErrorAsync(Errors.LoginRejected, () => OpenAsync(User("drpassword").WithPassword(null)));

    [Fact]
    public async Task A_role_that_must_come_encrypted_is_told_so()
    {
        await Expect.ErrorAsync(Errors.TlsRequired, () => OpenAsync(User("drtls", "sslmode=disable")));
        await OpenAsync(User("drtls"));
        await OpenAsync(User("drtls", "sslmode=allow"));
        await OpenAsync(User("drtls", "sslmode=require"));
    }

    [Fact]
    public async Task A_wrong_password_over_tls_is_not_mistaken_for_missing_encryption() =>
        await Expect.ErrorAsync(Errors.LoginRejected, () => OpenAsync(User("drtls", password: "not-it")));

    [Fact]
    public async Task The_servers_certificate_is_checked_as_far_as_the_mode_says()
    {
        string right = $"sslrootcert={PostgreSqlServer.Certificate("ca.crt")}";
        string wrong = $"sslrootcert={PostgreSqlServer.Certificate("other-ca.crt")}";
        // The certificate does not name this address.
        DatabaseEndpoint elsewhere = User("drtls", $"sslmode=verify-full&{right}") with { Server = "127.0.0.2" };

        await OpenAsync(User("drtls", $"sslmode=verify-full&{right}"));
        await OpenAsync(elsewhere with { Parameters = $"sslmode=verify-ca&{right}" });
        await OpenAsync(User("drtls", "sslmode=require"));
        DataResilienceException refused = await Expect.ErrorAsync(Errors.TlsFailed, () => OpenAsync(elsewhere));
        Assert.Contains("the server's certificate is of no trusted authority, or for another host name", refused.Message, StringComparison.Ordinal);
        await Expect.ErrorAsync(Errors.TlsFailed, () => OpenAsync(User("drtls", $"sslmode=verify-ca&{wrong}")));
        // A root certificate that was given is for use, as PostgreSQL's own programs have it.
        await Expect.ErrorAsync(Errors.TlsFailed, () => OpenAsync(User("drtls", $"sslmode=require&{wrong}")));
        await Expect.ErrorAsync(Errors.TlsFailed, () => OpenAsync(User("drtls", "sslmode=verify-full&sslrootcert=/nowhere/ca.crt")));
    }

    [Fact]
    public async Task A_certificate_opens_for_a_role_that_needs_one()
    {
        string certificate = $"sslcert={PostgreSqlServer.Certificate("client.crt")}&sslkey={PostgreSqlServer.Certificate("client.key")}";

        await OpenAsync(User("drcert", $"sslmode=require&{certificate}").WithPassword(null));

        await Expect.ErrorAsync(Errors.LoginRejected, () => OpenAsync(User("drcert")));
        await Expect.ErrorAsync(Errors.TlsFailed, () => OpenAsync(User("drcert", "sslmode=require&sslcert=/nowhere/client.crt&sslkey=/nowhere/client.key")));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unreachable()
    {
        await Expect.ErrorAsync(Errors.ServerUnreachable, () => OpenAsync(Server.Endpoint("postgres") with { Port = 1 }));
        await Expect.ErrorAsync(Errors.ServerUnreachable, () => OpenAsync(Server.Endpoint("postgres") with { Server = "does-not-exist.invalid" }));
        await Expect.ErrorAsync(Errors.ServerUnreachable, () => OpenAsync(Server.Endpoint("postgres") with { Server = "/nowhere" }));
        await Expect.ErrorAsync(Errors.ServerUnreachable, () => OpenAsync(Server.Endpoint("postgres") with { Server = "127.0.0.1:1,127.0.0.1:2", Port = null }));
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_not_found() =>
        await Expect.ErrorAsync(Errors.SourceNotFound, () => OpenAsync(Server.Endpoint("there is no such database")));

    [Fact]
    public async Task A_pooler_is_told_from_a_server() =>
        await Expect.ErrorAsync(Errors.PoolerUnsupported, () => OpenAsync(PostgreSqlServer.Pooler.Require().Endpoint("postgres")));

    [Fact]
    public async Task A_pooler_that_turns_options_down_is_one_too() => await Expect.ErrorAsync(
        Errors.PoolerUnsupported,
        () => OpenAsync(PostgreSqlServer.Pooler.Require().Endpoint("postgres") with { Parameters = "options=-c%20geqo%3Doff" }));

    [Fact]
    public async Task Of_several_hosts_the_one_that_answers_is_used_by_all_sessions()
    {
        DatabaseEndpoint release = Server.Endpoint("postgres");
        DatabaseEndpoint several = release with { Server = $"127.0.0.1:1,127.0.0.1:{release.Port}", Port = null };

        await using ServerSession session = await ServerSession.OpenAsync(ServerAddress.Of(several), new SourceFailures(), Token);

        Assert.Equal(("127.0.0.1", release.Port), (session.Address.Host, session.Address.Port));
        Assert.Equal(several.ToString(), session.Address.ToString());
    }

    [Fact]
    public async Task The_wanted_kind_of_server_is_found_among_several_and_missed_with_one()
    {
        DatabaseEndpoint primary = Server.Endpoint("postgres");
        DatabaseEndpoint standby = PostgreSqlServer.Standby.Require().Endpoint("postgres");
        DatabaseEndpoint both = primary with { Server = $"127.0.0.1:{primary.Port},127.0.0.1:{standby.Port}", Port = null, Parameters = "target_session_attrs=standby" };

        await using ServerSession session = await ServerSession.OpenAsync(ServerAddress.Of(both), new SourceFailures(), Token);

        Assert.Equal(standby.Port, session.Address.Port);
        await OpenAsync(standby with { Parameters = "target_session_attrs=standby" });
        await OpenAsync(primary with { Parameters = "target_session_attrs=read-write" });
        await Expect.ErrorAsync(Errors.ServerUnreachable, () => OpenAsync(standby with { Parameters = "target_session_attrs=primary" }));
        await Expect.ErrorAsync(Errors.ServerUnreachable, () => OpenAsync(both with { Server = $"127.0.0.1:{primary.Port},127.0.0.1:{primary.Port}" }));
    }

    private static DatabaseEndpoint User(string user, string parameters = "", string? password = null)
    {
        DatabaseEndpoint endpoint = Server.Endpoint("postgres", user) with { Parameters = parameters };
        return endpoint.WithPassword(new NetworkCredential("", password ?? PostgreSqlServer.Password).SecurePassword);
    }

    private static async Task OpenAsync(DatabaseEndpoint endpoint)
    {
        await using ServerSession session = await ServerSession.OpenAsync(ServerAddress.Of(endpoint), new SourceFailures(), Token);
        Assert.Equal(1, await session.ScalarAsync<int>("SELECT 1", Token));
    }
}
