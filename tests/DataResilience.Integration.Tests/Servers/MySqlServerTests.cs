using DataResilience.Testing.Servers;
using MySqlConnector;

namespace DataResilience.Integration.Tests.Servers;

/// <summary>The MariaDB and MySQL servers that other tests use are what they are said to be.</summary>
[Trait("Category", "Server")]
public sealed class MySqlServerTests
{
    public static TheoryData<string> Versions => MySqlServer.Versions;

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_server_is_of_its_engine_logs_rows_and_takes_files_of_the_client(string name)
    {
        MySqlServer server = MySqlServer.Named(name).Require();

        string version = await server.ScalarAsync<string>("SELECT version()");

        Assert.Equal(server.Engine == DatabaseEngine.MariaDb, version.Contains("MariaDB", StringComparison.Ordinal));
        Assert.Equal("1 ROW 1", await server.ScalarAsync<string>("SELECT concat_ws(' ', @@log_bin + 0, @@binlog_format, @@local_infile + 0)"));
    }

    [Fact]
    public async Task The_versions_are_those_that_are_promised()
    {
        Version older = await MySqlServer.MariaDb.VersionAsync();

        Assert.True(await MySqlServer.MariaDbNewer.VersionAsync() > older);
        Assert.Equal(9, (await MySqlServer.MySql.VersionAsync()).Major);
        Assert.Equal(new Version(8, 4), new Version((await MySqlServer.MySql84.VersionAsync()).ToString(2)));
    }

    [Theory]
    [InlineData("mysql")]
    [InlineData("mysql84")]
    public async Task MySQL_has_GTIDs_and_tells_who_holds_which_lock(string name)
    {
        MySqlServer server = MySqlServer.Named(name).Require();

        Assert.Equal("ON", await server.ScalarAsync<string>("SELECT @@gtid_mode"));
        Assert.NotEqual(0, await server.ScalarAsync<long>("SELECT count(*) FROM performance_schema.metadata_locks"));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Root_comes_in_through_the_socket_alone(string name)
    {
        MySqlServer server = MySqlServer.Named(name).Require();
        MySqlConnectionStringBuilder settings = server.Settings("");
        (settings.UserID, settings.Password) = ("root", "");
        await Assert.ThrowsAsync<MySqlException>(() => MySqlServer.OpenAsync(settings));

        (settings.Server, settings.ConnectionProtocol) = (server.Socket, MySqlConnectionProtocol.UnixSocket);

        await using MySqlConnection connection = await MySqlServer.OpenAsync(settings);
        Assert.Equal("root@localhost", await UserAsync(connection));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_user_comes_in_over_TLS(string name)
    {
        MySqlServer server = MySqlServer.Named(name).Require();

        await using MySqlConnection connection = await MySqlServer.OpenAsync(Tls(server, "drtls", "ca.crt"));

        Assert.Equal("drtls@%", await UserAsync(connection));
    }

    [Theory]
    [InlineData("mariadb")]
    [InlineData("mysql")]
    [InlineData("mysql84")]
    public async Task TLS_is_verified_against_the_authority_and_the_name(string name)
    {
        MySqlServer server = MySqlServer.Named(name).Require();

        await Assert.ThrowsAsync<MySqlException>(() => MySqlServer.OpenAsync(Tls(server, "drtls", "other-ca.crt")));
        MySqlConnectionStringBuilder elsewhere = Tls(server, "drtls", "ca.crt");
        elsewhere.Server = "127.0.0.2"; // which the certificate does not name
        await Assert.ThrowsAsync<MySqlException>(() => MySqlServer.OpenAsync(elsewhere));
    }

    /// <summary>Since 11.4 it signs its certificate with the user's password, and the driver asks for no authority then.</summary>
    [Fact]
    public async Task A_newer_MariaDB_proves_by_the_password_whose_certificate_it_is()
    {
        MySqlServer server = MySqlServer.MariaDbNewer.Require();
        await using (MySqlConnection connection = await MySqlServer.OpenAsync(Tls(server, "drtls", "other-ca.crt")))
        {
            Assert.Equal("drtls@%", await UserAsync(connection));
        }

        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => new MySqlClient(server).DumpAsync(
            [$"--ssl-ca={server.Certificate("other-ca.crt")}", "mysql"], TestContext.Current.CancellationToken));

        Assert.Contains("certificate", refusal.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_certificate_is_enough_for_the_user_it_names(string name)
    {
        MySqlServer server = MySqlServer.Named(name).Require();
        MySqlConnectionStringBuilder settings = Tls(server, "drcert", "ca.crt");
        settings.Password = "";
        await Assert.ThrowsAsync<MySqlException>(() => MySqlServer.OpenAsync(settings));

        (settings.SslCert, settings.SslKey) = (server.Certificate("client.crt"), server.Certificate("client.key"));

        await using MySqlConnection connection = await MySqlServer.OpenAsync(settings);
        Assert.Equal("drcert@%", await UserAsync(connection));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Who_should_not_come_in_does_not(string name)
    {
        MySqlServer server = MySqlServer.Named(name).Require();

        await AssertDeniedAsync(server, "drtls", server.Password); // over TLS only
        await AssertDeniedAsync(server, "drcert", "");
        await AssertDeniedAsync(server, "drpassword", "not this one");
        await AssertDeniedAsync(server, "dradmin", "");
    }

    private static async Task AssertDeniedAsync(MySqlServer server, string user, string password)
    {
        MySqlConnectionStringBuilder settings = server.Settings("");
        (settings.UserID, settings.Password) = (user, password);

        MySqlException refusal = await Assert.ThrowsAsync<MySqlException>(() => MySqlServer.OpenAsync(settings));

        Assert.Equal(MySqlErrorCode.AccessDenied, refusal.ErrorCode);
    }

    private static MySqlConnectionStringBuilder Tls(MySqlServer server, string user, string authority)
    {
        MySqlConnectionStringBuilder settings = server.Settings("");
        settings.UserID = user;
        settings.SslMode = MySqlSslMode.VerifyFull;
        settings.SslCa = server.Certificate(authority);
        return settings;
    }

    private static async Task<string> UserAsync(MySqlConnection connection)
    {
        await using var command = new MySqlCommand("SELECT current_user()", connection);
        return (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
