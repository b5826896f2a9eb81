using System.Net;
using DataResilience.Testing.FileLayers;
using MySqlConnector;

namespace DataResilience.MySql.Tests.Connections;

public class ServerAddressTests
{
    private const string OwnFile = "/home/me/.my.cnf";

    private const string SystemFile = "/etc/mysql/my.cnf";

    private const string DefaultSocket = "/var/run/mysqld/mysqld.sock";

    [Fact]
    public void What_the_endpoint_leaves_open_comes_from_option_files_and_then_from_the_environment()
    {
        HostEnvironment environment = Host(
            new() { ["MYSQL_HOST"] = "envhost", ["MYSQL_TCP_PORT"] = "1111", ["MYSQL_PWD"] = "of the environment" },
            (SystemFile, ["[client]", "user=systemuser", "host=systemhost", "ssl-mode=REQUIRED"]),
            (OwnFile, ["# mine", "[mysql]", "host=wrong", "", "[client]", "host = filehost", "password=of the file", "[mysqldump]", "user=wrong"]));

        MySqlConnectionStringBuilder settings = Builder("mysql:///shop?connect-timeout=7", environment);

        Assert.Equal(("filehost", 1111u, "systemuser", "shop"), (settings.Server, settings.Port, settings.UserID, settings.Database));
        Assert.Equal((MySqlSslMode.Required, 7u, "of the file"), (settings.SslMode, settings.ConnectionTimeout, settings.Password));
        MySqlConnectionStringBuilder named = Builder("mysql://uriuser@urihost:2222/?ssl-mode=disabled", environment);
        Assert.Equal(("urihost", 2222u, "uriuser", MySqlSslMode.Disabled), (named.Server, named.Port, named.UserID, named.SslMode));
    }

    [Fact]
    public void Without_anything_it_is_the_own_user_at_this_host()
    {
        MySqlConnectionStringBuilder settings = Builder("mysql:///shop", Host([]));

        Assert.Equal(("localhost", 3306u, "me", ""), (settings.Server, settings.Port, settings.UserID, settings.Password));
        Assert.Equal("of the environment", Builder("mysql:///shop", Host(new() { ["MYSQL_PWD"] = "of the environment" })).Password);
    }

    [Fact]
    public void A_password_that_was_given_counts_before_every_other()
    {
        HostEnvironment environment = Host(new() { ["MYSQL_PWD"] = "b" }, (OwnFile, ["[client]", "password=a"]));
        DatabaseEndpoint endpoint = DatabaseEndpoint.Parse("mysql://host/shop").WithPassword(new NetworkCredential("", "given").SecurePassword);

        Assert.Equal("given", Builder(endpoint, environment).Password);
    }

    [Fact]
    public void Options_are_read_as_the_servers_own_programs_write_them()
    {
        HostEnvironment environment = Host(
            [],
            (OwnFile,
            [
                "; a comment", "[client] # mine", "  user = \"me # and you\" ", "PASSWORD = 'a\\s\\\\b\\tc'", "loose-ssl_ca = /etc/ca.pem # trusted",
                "default-character-set = latin1", "ssl_cert=/c.pem", "host = db # here", "compress", "get_server_public_key", "prompt=\\u>",
            ]));

        MySqlConnectionStringBuilder settings = Builder("mysql:///db", environment);

        Assert.Equal(("me # and you", "a \\b\tc", "db"), (settings.UserID, settings.Password, settings.Server));
        Assert.Equal(("/c.pem", "/c.pem", true, true), (settings.SslCert, settings.SslKey, settings.UseCompression, settings.AllowPublicKeyRetrieval));
        TlsSettings tls = ServerAddress.Of(DatabaseEndpoint.Parse("mysql:///db"), environment).Tls;
        Assert.Equal((TlsMode.VerifyAuthority, "/etc/ca.pem"), (tls.Mode, tls.Authority));
    }

    [Fact]
    public void Files_are_followed_into_what_they_include()
    {
        HostEnvironment environment = Host(
            [],
            (SystemFile, ["[client]", "user=first", "!includedir /etc/mysql/conf.d/", "!include /etc/mysql/more.cnf"]),
            ("/etc/mysql/conf.d/b.cnf", ["[client]", "user=b"]),
            ("/etc/mysql/conf.d/a.cnf", ["[client]", "user=a", "port=3307"]),
            ("/etc/mysql/conf.d/c.txt", ["[client]", "user=c"]),
            ("/etc/mysql/more.cnf", ["[client]", "host=included", "!include /etc/mysql/more.cnf"]));

        MySqlConnectionStringBuilder settings = Builder("mysql:///db", environment);

        Assert.Equal(("b", 3307u, "included"), (settings.UserID, settings.Port, settings.Server));
    }

    [Fact]
    public void Groups_of_MariaDB_are_read_for_an_endpoint_of_MariaDB()
    {
        HostEnvironment environment = Host([], (OwnFile, ["[client-server]", "port=3307", "[client-mariadb]", "user=maria", "[mariadb-client]", "user=wrong"]));

        Assert.Equal((3307u, "maria"), (Builder("mariadb://host/", environment).Port, Builder("mariadb://host/", environment).UserID));
        Assert.Equal((3306u, "me"), (Builder("mysql://host/", environment).Port, Builder("mysql://host/", environment).UserID));
    }

    [Theory]
    [InlineData("ssl", TlsMode.Required)]
    [InlineData("ssl=0", TlsMode.Disabled)]
    [InlineData("skip-ssl", TlsMode.Disabled)]
    [InlineData("disable-ssl", TlsMode.Disabled)]
    [InlineData("ssl-verify-server-cert", TlsMode.VerifyIdentity)]
    [InlineData("skip-ssl-verify-server-cert", TlsMode.Preferred)]
    [InlineData("ssl-mode=verify_ca", TlsMode.VerifyAuthority)]
    public void The_words_of_MariaDB_say_how_far_a_session_is_encrypted(string option, object mode)
    {
        HostEnvironment environment = Host([], (OwnFile, ["[client]", option]));

        Assert.Equal(mode, ServerAddress.Of(DatabaseEndpoint.Parse("mariadb://host/"), environment).Tls.Mode);
        Assert.Equal(TlsMode.Required, ServerAddress.Of(DatabaseEndpoint.Parse("mariadb://host/?ssl-mode=REQUIRED"), environment).Tls.Mode);
    }

    [Fact]
    public void A_file_that_everybody_may_write_to_is_refused_where_it_says_something()
    {
        HostEnvironment open = Host([], (OwnFile, ["[client]", "password=x"])) with { IsOpenToAll = file => file == OwnFile };
        HostEnvironment silent = Host([], (OwnFile, ["[mysqld]", "user=mysql", "[client]", "default-character-set=utf8mb4"])) with { IsOpenToAll = _ => true };

        Assert.Contains($"{OwnFile}, which says how to connect, can be written by everybody", Refused("mysql://host/db", open), StringComparison.Ordinal);
        Assert.Equal("host", Builder("mysql://host/db", silent).Server);
    }

    [Fact]
    public void A_file_of_the_user_that_cannot_be_read_is_named_and_one_of_the_system_is_for_others()
    {
        HostEnvironment own = Host([], (OwnFile, [])) with { ReadLines = _ => throw new UnauthorizedAccessException("not yours") };
        HostEnvironment system = Host([], (SystemFile, [])) with { ReadLines = _ => throw new UnauthorizedAccessException("not yours") };

        Assert.Contains(OwnFile, Refused("mysql://host/db", own), StringComparison.Ordinal);
        Assert.Equal("host", Builder("mysql://host/db", system).Server);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void A_link_to_a_file_is_as_open_as_the_file()
    {
        using var directory = new TemporaryDirectory();
        string file = Path.Combine(directory.Path, "my.cnf");
        File.WriteAllText(file, "");
        string link = Path.Combine(directory.Path, "link.cnf");
        File.CreateSymbolicLink(link, file);

        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.False(HostEnvironment.Local.IsOpenToAll(link));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherWrite);
        Assert.True(HostEnvironment.Local.IsOpenToAll(link));
    }

    [Fact]
    public void An_option_that_would_make_it_safer_and_cannot_be_honoured_is_refused_by_its_line()
    {
        string message = Refused("mysql://host/db", Host([], (OwnFile, ["[client]", "password=hidden", "ssl-crl=/crl.pem"])));

        Assert.Contains($"line 3 of {OwnFile} has the option 'ssl-crl'", message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("colour=blue", "unknown parameter 'colour'")]
    [InlineData("user=you", "unknown parameter 'user'")]
    [InlineData("ssl-crl=/a", "'ssl-crl', which is not supported")]
    [InlineData("tls-ciphersuites=a", "'tls-ciphersuites', which is not supported")]
    [InlineData("auth-method=a", "'auth-method', which is not supported")]
    [InlineData("ssl-mode=maybe", "'ssl-mode' cannot be 'MAYBE'")]
    [InlineData("connect-timeout=soon", "'connect-timeout' cannot be 'soon'")]
    [InlineData("connect-timeout=-1", "'connect-timeout' cannot be '-1'")]
    [InlineData("tls-version=TLSv1.1", "'tls-version' cannot be 'TLSv1.1'")]
    [InlineData("tls-versions=[TLSv1.3,SSLv3]", "'tls-versions' cannot be 'SSLv3'")]
    [InlineData("compression=much", "'compression' cannot be 'MUCH'")]
    [InlineData("get-server-public-key=perhaps", "'get-server-public-key' cannot be 'PERHAPS'")]
    [InlineData("ssl-key=/k", "'ssl-key' stands there without 'ssl-cert'")]
    [InlineData("protocol=SOCKET", "protocol cannot be SOCKET with the host 'host'")]
    [InlineData("protocol=PIPE", "'protocol' cannot be 'PIPE'")]
    public void A_parameter_that_means_nothing_here_is_refused_by_name(string parameter, string reason) =>
        Assert.Contains(reason, Refused($"mysql://host/db?{parameter}", Host([])), StringComparison.Ordinal);

    [Fact]
    public void Several_hosts_are_refused_by_name()
    {
        Assert.Contains("several hosts (a,b:3307)", Refused("mysql://a,b:3307/db", Host([])), StringComparison.Ordinal);
        Assert.Contains("several hosts (a,b)", Refused("mysql:///db", Host(new() { ["MYSQL_HOST"] = "a,b" })), StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_reach_the_driver()
    {
        MySqlConnectionStringBuilder settings = Builder(
            "mysql://host/db?SSL_MODE=required&ssl-cert=/c&ssl-key=/k&tls-versions=[TLSv1.2,TLSv1.3]&get-server-public-key=true" +
            "&server-public-key-path=/p&compression=PREFERRED&connect-timeout=0",
            Host([]));

        Assert.Equal((MySqlSslMode.Required, "/c", "/k"), (settings.SslMode, settings.SslCert, settings.SslKey));
        Assert.Equal((true, "/p", true, 86_400u), (settings.AllowPublicKeyRetrieval, settings.ServerRsaPublicKeyFile, settings.UseCompression, settings.ConnectionTimeout));
        Assert.Equal((false, false, 0u), (settings.Pooling, settings.AllowLoadLocalInfile, settings.DefaultCommandTimeout));
        MySqlConnectionStringBuilder plain = Builder("mysql://host/db", Host([]));
        Assert.Equal((MySqlSslMode.Preferred, false, false, 15u), (plain.SslMode, plain.AllowPublicKeyRetrieval, plain.UseCompression, plain.ConnectionTimeout));
    }

    [Theory]
    [InlineData("DISABLED", "", false, false)]
    [InlineData("PREFERRED", "&ssl-ca=/ca", false, false)]
    [InlineData("REQUIRED", "", false, false)]
    [InlineData("REQUIRED", "&ssl-ca=/ca", true, false)]
    [InlineData("VERIFY_CA", "&ssl-ca=/ca", true, false)]
    [InlineData("VERIFY_IDENTITY", "", true, true)]
    public void Certificates_are_looked_at_here_and_the_driver_is_never_told_to(string mode, string authority, bool isVerified, bool isNameVerified)
    {
        ServerAddress address = ServerAddress.Of(DatabaseEndpoint.Parse($"mysql://host/db?ssl-mode={mode}{authority}"), Host([]));

        Assert.Equal((isVerified, isNameVerified), (address.Tls.IsVerified, address.Tls.IsNameVerified));
        using MySqlConnection connection = address.ToConnection(SessionPurpose.Load, new CertificateCheck(address.Tls with { Authority = "" }));
        var settings = new MySqlConnectionStringBuilder(connection.ConnectionString);
        // One that verifies opens every file that the server names.
        Assert.True(settings.SslMode < MySqlSslMode.VerifyCA);
        Assert.Equal("", settings.SslCa);
        Assert.NotNull(connection.RemoteCertificateValidationCallback);
    }

    [Theory]
    [InlineData("mysql:///db", DefaultSocket)]
    [InlineData("mysql://localhost/db", DefaultSocket)]
    [InlineData("mysql://localhost:3306/db", null)]
    [InlineData("mysql://127.0.0.1/db", null)]
    [InlineData("mysql:///db?protocol=tcp", null)]
    [InlineData("mysql:///db?socket=/a.sock", "/a.sock")]
    [InlineData("mysql://localhost/db?socket=/a.sock", "/a.sock")]
    public void A_socket_is_used_for_this_host_alone(string text, string? socket)
    {
        MySqlConnectionStringBuilder settings = Builder(text, Host([], (DefaultSocket, [])));

        Assert.Equal(socket ?? DatabaseEndpoint.Parse(text).Server switch { "" => "localhost", var host => host }, settings.Server);
        Assert.Equal(socket is null ? MySqlConnectionProtocol.Sockets : MySqlConnectionProtocol.UnixSocket, settings.ConnectionProtocol);
        // Nobody can listen there.
        Assert.Equal(socket is null ? MySqlSslMode.Preferred : MySqlSslMode.Disabled, settings.SslMode);
    }

    [Fact]
    public void A_socket_of_a_file_or_of_the_environment_is_for_this_host_too()
    {
        HostEnvironment environment = Host(new() { ["MYSQL_UNIX_PORT"] = "/env.sock" });

        Assert.Equal("/env.sock", Builder("mysql:///db", environment).Server);
        Assert.Equal("other", Builder("mysql://other/db", environment).Server);
        Assert.Equal("/file.sock", Builder("mysql:///db", Host(new() { ["MYSQL_UNIX_PORT"] = "/env.sock" }, (OwnFile, ["[client]", "socket=/file.sock"]))).Server);
        Assert.Equal("/part.sock", Builder(new DatabaseEndpoint { Engine = DatabaseEngine.MySql, Server = "/part.sock", Port = 3306 }, environment).Server);
        Assert.Equal("/given.sock", Builder("mysql:///db?socket=/given.sock", Host([], (OwnFile, ["[client]", "host=other", "port=3307", "protocol=tcp"]))).Server);
    }

    [Fact]
    public void Another_database_of_the_same_server_has_everything_else_and_is_told_by_the_name_that_was_asked_for()
    {
        ServerAddress address = ServerAddress.Of(DatabaseEndpoint.Parse("mysql://me@host:3307/a?ssl-mode=REQUIRED"), Host([])).WithDatabase("b");

        Assert.Equal("mysql://me@host:3307/a?ssl-mode=REQUIRED", address.ToString());
        Assert.Equal(("b", "host", 3307), (address.Database, address.Host, address.Port));
    }

    private static string Refused(string text, HostEnvironment environment)
    {
        DataResilienceException failure = Assert.Throws<DataResilienceException>(() => ServerAddress.Of(DatabaseEndpoint.Parse(text), environment));
        Assert.Equal(Errors.EndpointInvalid.Code, failure.ErrorCode);
        return failure.Message;
    }

    private static MySqlConnectionStringBuilder Builder(string text, HostEnvironment environment) => Builder(DatabaseEndpoint.Parse(text), environment);

    private static MySqlConnectionStringBuilder Builder(DatabaseEndpoint endpoint, HostEnvironment environment) =>
        new DriverSettings(ConnectionSettings.Resolve(endpoint, environment), environment, endpoint).ToBuilder(endpoint.Database);

    private static HostEnvironment Host(Dictionary<string, string> variables, params (string Path, string[] Lines)[] files)
    {
        var all = files.ToDictionary(file => file.Path, file => file.Lines, StringComparer.Ordinal);
        return new HostEnvironment
        {
            Variable = name => name == "HOME" ? "/home/me" : variables.GetValueOrDefault(name),
            Exists = all.ContainsKey,
            ReadLines = path => all[path],
            FilesOf = directory => [.. all.Keys.Where(path => path.StartsWith(directory, StringComparison.Ordinal))],
            IsOpenToAll = _ => false,
            UserName = "me",
        };
    }
}
