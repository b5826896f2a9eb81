using System.Net;
using Npgsql;

namespace DataResilience.PostgreSql.Tests.Connections;

public class ServerAddressTests
{
    private const string OwnFile = "/home/me/.pg_service.conf";

    private const string SystemFile = "/etc/pg/pg_service.conf";

    [Fact]
    public void What_the_endpoint_leaves_open_comes_from_the_service_and_then_from_the_environment()
    {
        HostEnvironment environment = Host(
            new() { ["PGHOST"] = "envhost", ["PGPORT"] = "1111", ["PGUSER"] = "envuser", ["PGDATABASE"] = "envdb", ["PGSSLMODE"] = "verify-full", ["PGSERVICE"] = "shop" },
            (OwnFile, ["# mine", "[other]", "host=wrong", "", "[shop]", "host = svchost", "port=2222", "user=svcuser", "password=of the service", "[last]", "host=wrong"]));

        NpgsqlConnectionStringBuilder settings = Builder("postgresql://uriuser@/?connect_timeout=7", environment);

        Assert.Equal(("svchost", 2222, "uriuser", "envdb"), (settings.Host, settings.Port, settings.Username, settings.Database));
        Assert.Equal((SslMode.VerifyFull, 7, "of the service"), (settings.SslMode, settings.Timeout, settings.Password));
        Assert.Equal("urihost", Builder("postgresql://urihost/?service=shop", environment).Host);
    }

    [Fact]
    public void A_service_is_looked_for_in_the_users_file_and_then_in_the_systems()
    {
        HostEnvironment environment = Host(
            new() { ["PGSYSCONFDIR"] = "/etc/pg" }, (OwnFile, ["[mine]", "host=a"]), (SystemFile, ["[ours]", "host=b"]));

        Assert.Equal("a", ServerAddress.Of(DatabaseEndpoint.Parse("postgresql://?service=mine"), environment).Host);
        Assert.Equal("b", ServerAddress.Of(DatabaseEndpoint.Parse("postgresql://?service=ours"), environment).Host);
        string message = Refused("postgresql://?service=none", environment);
        Assert.Contains("'none'", message, StringComparison.Ordinal);
        Assert.Contains(OwnFile, message, StringComparison.Ordinal);
        Assert.Contains(SystemFile, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_line_of_a_service_file_is_named_and_not_repeated()
    {
        HostEnvironment environment = Host(new() { ["PGSERVICEFILE"] = "/x/services" }, ("/x/services", ["[shop]", "host=a", "half of a secret"]));

        string message = Refused("postgresql://?service=shop", environment);

        Assert.Contains("line 3 of /x/services", message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("colour=blue", "'colour'")]
    [InlineData("sslcrl=/a", "'sslcrl', which is not supported")]
    [InlineData("hostaddr=127.0.0.1", "'hostaddr'")]
    [InlineData("sslmode=maybe", "'sslmode' cannot be 'maybe'")]
    [InlineData("connect_timeout=soon", "'connect_timeout' cannot be 'soon'")]
    [InlineData("channel_binding=1", "'channel_binding' cannot be '1'")]
    [InlineData("load_balance_hosts=yes", "'load_balance_hosts' cannot be 'yes'")]
    public void A_parameter_that_means_nothing_here_is_refused_by_name(string parameter, string reason) =>
        Assert.Contains(reason, Refused($"postgresql://host/db?{parameter}", Host([])), StringComparison.Ordinal);

    [Fact]
    public void A_setting_of_the_environment_that_cannot_be_honoured_is_refused_by_name() =>
        Assert.Contains("PGSSLCRL", Refused("postgresql://host/db", Host(new() { ["PGSSLCRL"] = "/a" })), StringComparison.Ordinal);

    [Fact]
    public void Parameters_reach_the_driver()
    {
        NpgsqlConnectionStringBuilder settings = Builder(
            "postgresql://host/db?sslmode=verify-ca&sslrootcert=/ca&sslcert=/c&sslkey=/k&passfile=/p&options=-c%20geqo%3Doff&application_name=me" +
            "&channel_binding=require&gssencmode=disable&krbsrvname=pg&require_auth=scram-sha-256&sslnegotiation=direct&keepalives_idle=5",
            Host(new() { ["PGSSLPASSWORD"] = "of the key" }));

        Assert.Equal((SslMode.VerifyCA, "/ca", "/c", "/k", "of the key"),
            (settings.SslMode, settings.RootCertificate, settings.SslCertificate, settings.SslKey, settings.SslPassword));
        Assert.Equal(("/p", "-c geqo=off", "me", 5), (settings.Passfile, settings.Options, settings.ApplicationName, settings.TcpKeepAliveTime));
        Assert.Equal((ChannelBinding.Require, GssEncryptionMode.Disable, SslNegotiation.Direct, "pg", "ScramSHA256"),
            (settings.ChannelBinding, settings.GssEncryptionMode, settings.SslNegotiation, settings.KerberosServiceName, settings.RequireAuth));
        Assert.False(settings.Pooling);
    }

    [Fact]
    public void Encryption_with_a_root_certificate_at_hand_checks_against_it()
    {
        HostEnvironment environment = Host([], ("/home/me/.postgresql/root.crt", []));

        Assert.Equal(SslMode.VerifyCA, Builder("postgresql://host/db?sslmode=require", environment).SslMode);
        Assert.Equal(SslMode.Require, Builder("postgresql://host/db?sslmode=require", Host([])).SslMode);
        Assert.Equal(SslMode.Prefer, Builder("postgresql://host/db", environment).SslMode);
    }

    [Fact]
    public void Without_a_host_the_socket_is_where_there_is_one()
    {
        HostEnvironment environment = Host([], ("/tmp/.s.PGSQL.5433", []));

        Assert.Equal("/tmp", ServerAddress.Of(DatabaseEndpoint.Parse("postgresql:///db?port=5433"), environment).Host);
        Assert.Equal("localhost", ServerAddress.Of(DatabaseEndpoint.Parse("postgresql:///db"), environment).Host);
    }

    [Fact]
    public void Programs_get_the_same_by_variables_and_none_that_leads_elsewhere()
    {
        HostEnvironment environment = Host(
            new() { ["PGSERVICE"] = "shop", ["PGTZ"] = "Asia/Tokyo", ["PGREQUIRESSL"] = "1", ["PGSSLPASSWORD"] = "of the key", ["PGUSER"] = "envuser" },
            (OwnFile, ["[shop]", "sslmode=verify-full", "dbname=host=evil"]));
        DatabaseEndpoint endpoint = DatabaseEndpoint.Parse("postgresql://a:5433,[::1],c/").WithPassword(new NetworkCredential("", "hidden").SecurePassword);

        IReadOnlyDictionary<string, string?> variables = ServerAddress.Of(endpoint, environment).ToEnvironment();

        Assert.Equal(("a,::1,c", "5433,5432,5432"), (variables["PGHOST"], variables["PGPORT"]));
        Assert.Equal(("envuser", "hidden", "verify-full", "host=evil"), (variables["PGUSER"], variables["PGPASSWORD"], variables["PGSSLMODE"], variables["PGDATABASE"]));
        foreach (string name in new[] { "PGSERVICE", "PGSERVICEFILE", "PGTZ", "PGREQUIRESSL", "PGSSLPASSWORD", "PGHOSTADDR", "PGOPTIONS", "PGPASSFILE" })
        {
            Assert.True(variables.ContainsKey(name) && variables[name] is null, name);
        }
    }

    [Fact]
    public void Another_database_of_the_same_server_has_everything_else_and_is_told_by_the_name_that_was_asked_for()
    {
        ServerAddress address = ServerAddress.Of(DatabaseEndpoint.Parse("postgresql://me@host:5433/a?sslmode=require"), Host([])).WithDatabase("b");

        Assert.Equal("postgresql://me@host:5433/a?sslmode=require", address.ToString());
        Assert.Equal("b", address.Database);
        Assert.Equal("b", new NpgsqlConnectionStringBuilder(address.ToConnectionString()).Database);
    }

    [Fact]
    public void A_server_that_is_too_old_is_refused_by_its_version()
    {
        ServerAddress address = ServerAddress.Of(DatabaseEndpoint.Parse("postgresql://host/db"), Host([]));

        SessionChecks.RequireVersion(new Version(13, 0), address);
        DataResilienceException failure = Assert.Throws<DataResilienceException>(() => SessionChecks.RequireVersion(new Version(12, 22), address));
        Assert.Equal(Errors.ServerUnsupported.Code, failure.ErrorCode);
    }

    private static string Refused(string endpoint, HostEnvironment environment)
    {
        DataResilienceException failure = Assert.Throws<DataResilienceException>(() => ServerAddress.Of(DatabaseEndpoint.Parse(endpoint), environment));
        Assert.Equal(Errors.EndpointInvalid.Code, failure.ErrorCode);
        return failure.Message;
    }

    private static NpgsqlConnectionStringBuilder Builder(string endpoint, HostEnvironment environment) =>
        new(ServerAddress.Of(DatabaseEndpoint.Parse(endpoint), environment).ToConnectionString());

    private static HostEnvironment Host(Dictionary<string, string> variables, params (string Path, string[] Lines)[] files)
    {
        variables.TryAdd("HOME", "/home/me");
        Dictionary<string, string[]> content = files.ToDictionary(file => file.Path, file => file.Lines);
        return new HostEnvironment(variables.GetValueOrDefault, content.ContainsKey, path => content[path]);
    }
}
