namespace DataResilience.Engine.Tests.Endpoints;

public class EndpointTests
{
    [Theory]
    [InlineData("postgresql://me@host:5433/shop", "host", 5433, "shop", "me", "")]
    [InlineData("postgres://host", "host", null, "", "", "")]
    [InlineData("mysql://root@Db1.example/shop?ssl-mode=REQUIRED", "Db1.example", null, "shop", "root", "ssl-mode=REQUIRED")]
    [InlineData("postgresql://[fe80::1]:5433/shop", "fe80::1", 5433, "shop", "", "")]
    [InlineData("postgresql://me%40work@host/a%2Fb%3Fc", "host", null, "a/b?c", "me@work", "")]
    [InlineData("postgresql://a:5433,[::1],b:5434/shop", "a:5433,[::1],b:5434", null, "shop", "", "")]
    [InlineData("postgresql:///shop?host=/var/run/postgresql", "/var/run/postgresql", null, "shop", "", "")]
    [InlineData("postgresql://%2Fvar%2Frun%2Fpostgresql/shop", "/var/run/postgresql", null, "shop", "", "")]
    [InlineData("postgresql://me@/shop?host=/tmp&port=5433&sslmode=disable", "/tmp", 5433, "shop", "me", "sslmode=disable")]
    [InlineData("postgresql://?service=shop", "", null, "", "", "service=shop")]
    [InlineData("postgresql:///shop", "", null, "shop", "", "")]
    [InlineData("postgresql://host?user=me&dbname=a%26b", "host", null, "a&b", "me", "")]
    [InlineData("postgresql://host/shop?sslrootcert=%2Fetc%2Fa%20b.pem&sslmode=verify-full", "host", null, "shop", "",
        "sslmode=verify-full&sslrootcert=/etc/a%20b.pem")]
    [InlineData("Host=db1;Username=me;Database=shop;SSL Mode=VerifyFull;Root Certificate=/etc/ca.pem;Pooling=true", "db1", null, "shop", "me",
        "sslmode=verify-full&sslrootcert=/etc/ca.pem")]
    [InlineData("host = a:5433,b ; database='a;b' ; Target Session Attributes=PreferStandby", "a:5433,b", null, "a;b", "",
        "target_session_attrs=preferstandby")]
    [InlineData("Host=/tmp;Port=5433", "/tmp", 5433, "", "", "")]
    [InlineData("mysql:///shop", "", null, "shop", "", "")]
    [InlineData("mariadb://me@/", "", null, "", "me", "")]
    [InlineData("mysql:///shop?socket=/run/mysqld/mysqld.sock", "/run/mysqld/mysqld.sock", null, "shop", "", "")]
    [InlineData("mysql://me@localhost/shop?socket=/a%20b&ssl-mode=DISABLED", "/a b", null, "shop", "me", "ssl-mode=DISABLED")]
    [InlineData("mariadb://me@%2Frun%2Fa.sock:3306/shop", "/run/a.sock", null, "shop", "me", "")]
    [InlineData("Server=db1;Port=3307;User ID=me;Database=shop;SSL Mode=VerifyFull;SSL CA=/etc/ca.pem;Pooling=false;CharSet=utf8mb4", "db1", 3307, "shop", "me",
        "ssl-ca=/etc/ca.pem&ssl-mode=VERIFY_IDENTITY")]
    [InlineData(" server = ::1 ; Uid=me; Initial Catalog=shop; Allow Public Key Retrieval=True; Connect Timeout=5", "::1", null, "shop", "me",
        "connect-timeout=5&get-server-public-key=True")]
    [InlineData("Server=/run/mysqld/mysqld.sock;Protocol=unix;Compress=true", "/run/mysqld/mysqld.sock", null, "", "", "compression=PREFERRED&protocol=SOCKET")]
    public void An_endpoint_is_read_and_written_back_to_an_equal_one(
        string text, string server, int? port, string database, string user, string parameters)
    {
        DatabaseEndpoint endpoint = DatabaseEndpoint.Parse(text);

        Assert.Equal((server, port, database, user), (endpoint.Server, endpoint.Port, endpoint.Database, endpoint.User));
        Assert.Equal(parameters.Replace("preferstandby", "prefer-standby", StringComparison.Ordinal), endpoint.Parameters);
        Assert.Equal(endpoint, DatabaseEndpoint.Parse(endpoint.ToString()));
        Assert.Equal(endpoint.ToString(), DatabaseEndpoint.Parse(endpoint.ToString()).ToString());
    }

    [Theory]
    [InlineData("postgresql://me:hidden@host/shop")]
    [InlineData("postgresql://me:hid%40den@host/shop?sslmode=require")]
    [InlineData("postgresql://me@host/shop?password=hidden")]
    [InlineData("postgresql://me@host/shop?sslmode=require&sslpassword=hidden&a=b")]
    [InlineData("postgresql://me@host/shop?pass%77ord=hidden")]
    [InlineData("mysql://me@host/shop?Password=hidden")]
    [InlineData("Host=db1;Password=hidden;Database=shop")]
    [InlineData("Host=db1;PWD='hid;den';Database=shop")]
    [InlineData("Host=db1;SSL Password=hidden")]
    [InlineData("Server=db1;User ID=me;Password=hidden")]
    [InlineData("Server=db1;pwd=hidden")]
    [InlineData("Server=db1;Certificate Password=hidden")]
    [InlineData("mysql://me:hidden@host/shop")]
    [InlineData("mysql://me@host/shop?password2=hidden")]
    public void A_password_is_refused_and_not_repeated(string text)
    {
        DataResilienceException failure = Assert.Throws<DataResilienceException>(() => DatabaseEndpoint.Parse(text));

        Assert.Equal(Errors.PasswordInUri.Code, failure.ErrorCode);
        Assert.DoesNotContain("hid", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("den@", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgresql://", "names no server")]
    [InlineData("postgresql:shop", "names no server")]
    [InlineData("mysql://", "names no server")]
    [InlineData("mysql://host/shop?socket=/run/a.sock", "'socket' says again")]
    [InlineData("mysql:///shop?socket=a.sock", "socket 'a.sock' is no absolute path")]
    [InlineData("Server=db1;Trusted_Connection=True", "'trusted_connection' is not supported")]
    [InlineData("Server=db1;Host=db2", "says again")]
    [InlineData("postgresql://host:0/shop", "port '0'")]
    [InlineData("postgresql://host:65536/shop", "port '65536'")]
    [InlineData("postgresql://host:x/shop", "port 'x'")]
    [InlineData("postgresql://ho st/shop", "'ho st'")]
    [InlineData("postgresql://[::1/shop", "no closing bracket")]
    [InlineData("postgresql://[::1]5432/shop", "'5432' follows")]
    [InlineData("postgresql://a,%2Ftmp/shop", "several hosts")]
    [InlineData("postgresql://host/shop?sslmode", "'sslmode' is not a parameter")]
    [InlineData("postgresql://host/shop?sslmode=a&sslmode=b", "'sslmode' twice")]
    [InlineData("postgresql://host/shop?host=other", "'host' says again")]
    [InlineData("postgresql://me@host/shop?user=you", "'user' says again")]
    [InlineData("Host=db1;Colour=blue", "'colour' is not supported")]
    [InlineData("Host=db1;Server=db2", "says again")]
    [InlineData("Host=db1;=", "not a connection string")]
    [InlineData("Data Source=shop.db", "known engine")]
    public void A_wrong_endpoint_says_what_is_wrong(string text, string reason)
    {
        DataResilienceException failure = Assert.Throws<DataResilienceException>(() => DatabaseEndpoint.Parse(text));

        Assert.Equal(Errors.EndpointInvalid.Code, failure.ErrorCode);
        Assert.Contains(reason, failure.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Host=db1", DatabaseEngine.PostgreSql)]
    [InlineData("Server=db1", DatabaseEngine.MySql)]
    public void The_first_key_tells_whose_connection_string_it_is(string text, DatabaseEngine engine) =>
        Assert.Equal(engine, DatabaseEndpoint.Parse(text).Engine);

    [Fact]
    public void A_wrong_endpoint_that_holds_a_password_does_not_repeat_it()
    {
        DataResilienceException failure = Assert.Throws<DataResilienceException>(() => DatabaseEndpoint.Parse("Host=db1;Password='hidden;x"));

        Assert.DoesNotContain("hidden", failure.Message, StringComparison.Ordinal);
    }
}
