using DataResilience.Testing.Servers;
using Npgsql;

namespace DataResilience.Integration.Tests.Servers;

/// <summary>The servers that other tests use are what they are said to be.</summary>
[Trait("Category", "Server")]
public sealed class PostgreSqlServerTests
{
    [Fact]
    public async Task The_release_server_decodes_and_has_checksums()
    {
        PostgreSqlServer server = PostgreSqlServer.Release.Require();

        Assert.Equal(1, await server.ScalarAsync<int>("SELECT 1"));
        Assert.Equal("logical", await server.ScalarAsync<string>("SHOW wal_level"));
        Assert.Equal("on", await server.ScalarAsync<string>("SHOW data_checksums"));
        Assert.False(await server.ScalarAsync<bool>("SELECT pg_is_in_recovery()"));
    }

    [Fact]
    public async Task The_newer_server_is_of_a_newer_major_version_and_so_are_its_programs()
    {
        int newer = await PostgreSqlServer.Newer.VersionAsync() / 10_000;
        string program = await new PostgreSqlClient(PostgreSqlServer.Newer.Binaries).RunAsync("pg_dump", ["--version"], TestContext.Current.CancellationToken);

        Assert.True(newer > await PostgreSqlServer.Release.VersionAsync() / 10_000);
        Assert.Contains($" {newer}.", program, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_standby_is_in_recovery_and_follows()
    {
        PostgreSqlServer standby = PostgreSqlServer.Standby.Require();
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();

        Assert.True(await standby.ScalarAsync<bool>("SELECT pg_is_in_recovery()"));
        string written = await PostgreSqlServer.Release.ScalarAsync<string>("SELECT pg_current_wal_insert_lsn()::text");
        while (!await standby.ScalarAsync<bool>($"SELECT pg_last_wal_replay_lsn() >= '{written}'"))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        Assert.True(await standby.ScalarAsync<bool>($"SELECT EXISTS (SELECT FROM pg_database WHERE datname = '{database.Name}')"));
    }

    [Fact]
    public async Task The_small_server_keeps_little_WAL() =>
        Assert.Equal("16MB", await PostgreSqlServer.Small.ScalarAsync<string>("SHOW max_wal_size"));

    [Fact]
    public async Task The_pooler_gives_a_session_another_connection_after_a_transaction()
    {
        PostgreSqlServer pooler = PostgreSqlServer.Pooler.Require();
        await using TestDatabase database = await PostgreSqlServer.Release.CreateDatabaseAsync();
        await using NpgsqlConnection first = await pooler.OpenConnectionAsync(database.Name);
        await using NpgsqlConnection second = await pooler.OpenConnectionAsync(database.Name);

        int connectionOfFirst = await ProcessIdAsync(first);
        await using NpgsqlTransaction transaction = await second.BeginTransactionAsync(TestContext.Current.CancellationToken);
        int connectionOfSecond = await ProcessIdAsync(second);

        Assert.Equal(connectionOfFirst, connectionOfSecond);
        Assert.NotEqual(connectionOfFirst, await ProcessIdAsync(first));
    }

    [Fact]
    public async Task TLS_is_verified_against_the_authority()
    {
        NpgsqlConnectionStringBuilder settings = Tls("drtls", "ca.crt");
        settings.Password = PostgreSqlServer.Password;

        await using NpgsqlConnection connection = await PostgreSqlServer.OpenAsync(settings);

        Assert.Equal("drtls", await IdentityOverTlsAsync(connection));
    }

    [Fact]
    public async Task A_server_that_another_authority_did_not_sign_for_is_refused()
    {
        NpgsqlConnectionStringBuilder settings = Tls("drtls", "other-ca.crt");
        settings.Password = PostgreSqlServer.Password;

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => PostgreSqlServer.OpenAsync(settings));
    }

    [Fact]
    public async Task A_server_that_its_certificate_does_not_name_is_refused()
    {
        NpgsqlConnectionStringBuilder settings = Tls("drtls", "ca.crt");
        settings.Password = PostgreSqlServer.Password;
        settings.Host = "127.0.0.2";

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => PostgreSqlServer.OpenAsync(settings));
    }

    [Fact]
    public async Task A_certificate_is_enough_for_the_role_it_names()
    {
        NpgsqlConnectionStringBuilder settings = Tls("drcert", "ca.crt");
        settings.SslCertificate = PostgreSqlServer.Certificate("client.crt");
        settings.SslKey = PostgreSqlServer.Certificate("client.key");

        await using NpgsqlConnection connection = await PostgreSqlServer.OpenAsync(settings);

        Assert.Equal("drcert", await IdentityOverTlsAsync(connection));
    }

    [Theory]
    [InlineData("drtls", "28000")] // over TLS only
    [InlineData("drcert", "28000")]
    [InlineData("drpassword", "28P01")]
    public async Task Who_should_not_come_in_does_not(string role, string sqlState)
    {
        NpgsqlConnectionStringBuilder settings = PostgreSqlServer.Release.Settings("postgres");
        (settings.Username, settings.Password) = (role, "not this one");

        PostgresException refusal = await Assert.ThrowsAsync<PostgresException>(() => PostgreSqlServer.OpenAsync(settings));

        Assert.Equal(sqlState, refusal.SqlState);
    }

    private static NpgsqlConnectionStringBuilder Tls(string role, string authority)
    {
        NpgsqlConnectionStringBuilder settings = PostgreSqlServer.Release.Settings("postgres");
        settings.Username = role;
        settings.SslMode = SslMode.VerifyFull;
        settings.RootCertificate = PostgreSqlServer.Certificate(authority);
        return settings;
    }

    private static async Task<int> ProcessIdAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("SELECT pg_backend_pid()", connection);
        return (int)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private static async Task<string> IdentityOverTlsAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("SELECT current_user::text FROM pg_stat_ssl WHERE ssl AND pid = pg_backend_pid()", connection);
        return (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
