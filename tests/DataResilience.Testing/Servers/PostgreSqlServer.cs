using System.Globalization;
using Npgsql;

namespace DataResilience.Testing.Servers;

/// <summary>
/// A real PostgreSQL server that tests/servers/start.sh started. A test that uses one that is not there is skipped,
/// whatever it asks of it first.
/// </summary>
public sealed class PostgreSqlServer
{
    private const string SuperUser = "postgres";

    // An identifier has at most 63 bytes; the rest makes it unique.
    private const int MostNameBytes = 50;

    private readonly string binariesVariable;

    private PostgreSqlServer(string name, string variable, string binariesVariable = "DATARESILIENCE_TEST_POSTGRESQL_BIN") =>
        (Name, Variable, this.binariesVariable) = (name, variable, binariesVariable);

    /// <summary>The distribution's version, with TLS, logical decoding and <see cref="Standby"/> behind it.</summary>
    public static PostgreSqlServer Release { get; } = new("release", "DATARESILIENCE_TEST_POSTGRESQL");

    /// <summary>A newer major version than <see cref="Release"/>.</summary>
    public static PostgreSqlServer Newer { get; } =
        new("newer", "DATARESILIENCE_TEST_POSTGRESQL_NEWER", "DATARESILIENCE_TEST_POSTGRESQL_NEWER_BIN");

    /// <summary>Version 13, which reads no ranges of rows and has privileges of older times.</summary>
    public static PostgreSqlServer V13 { get; } = new("v13", "DATARESILIENCE_TEST_POSTGRESQL_V13", "DATARESILIENCE_TEST_POSTGRESQL_V13_BIN");

    /// <summary>Version 17.</summary>
    public static PostgreSqlServer V17 { get; } = new("v17", "DATARESILIENCE_TEST_POSTGRESQL_V17", "DATARESILIENCE_TEST_POSTGRESQL_V17_BIN");

    /// <summary>A streaming standby of <see cref="Release"/> that ends a query in the way of replay after half a second.</summary>
    public static PostgreSqlServer Standby { get; } = new("standby", "DATARESILIENCE_TEST_POSTGRESQL_STANDBY");

    /// <summary>The distribution's version on a disk of 200 MB.</summary>
    public static PostgreSqlServer Small { get; } = new("small", "DATARESILIENCE_TEST_POSTGRESQL_SMALL");

    /// <summary>pgbouncer before <see cref="Release"/>, one server connection per transaction.</summary>
    public static PostgreSqlServer Pooler { get; } = new("pooler", "DATARESILIENCE_TEST_PGBOUNCER");

    /// <summary>The names of the servers of different versions, for theories: <see cref="Named"/> gives the server.</summary>
    public static TheoryData<string> Versions => [Release.Name, Newer.Name];

    /// <summary>A word for the server.</summary>
    public string Name { get; }

    /// <summary>The environment variable that says where it is.</summary>
    public string Variable { get; }

    public bool IsAvailable => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    /// <summary>The server as a whole, as its superuser, who needs no password.</summary>
    public DatabaseEndpoint Root => Endpoint(SuperUser);

    /// <summary>The password of the roles <c>drpassword</c> and <c>drtls</c>.</summary>
    public static string Password => Required("DATARESILIENCE_TEST_POSTGRESQL_PASSWORD");

    /// <summary>The directory of the Unix socket of <see cref="Release"/>.</summary>
    public static string SocketDirectory => Required("DATARESILIENCE_TEST_POSTGRESQL_SOCKET");

    /// <summary>The folder with pg_dump and its like of this server's version.</summary>
    public string Binaries => Required(binariesVariable);

    /// <summary>The server of a name.</summary>
    public static PostgreSqlServer Named(string name) =>
        new[] { Release, Newer, V13, V17, Standby, Small, Pooler }.Single(server => server.Name == name);

    /// <summary>A file of the servers' certificates: ca.crt, other-ca.crt (which signed nothing), client.crt and client.key.</summary>
    public static string Certificate(string file) => Path.Combine(Required("DATARESILIENCE_TEST_POSTGRESQL_TLS"), file);

    /// <summary>Skips the test where the server is not there.</summary>
    /// <returns>This server.</returns>
    public PostgreSqlServer Require()
    {
        _ = Required(Variable);
        return this;
    }

    /// <summary>A database here, as the superuser or as another role.</summary>
    public DatabaseEndpoint Endpoint(string database, string? user = null)
    {
        DatabaseEndpoint server = DatabaseEndpoint.Parse(Required(Variable));
        return server with { Database = database, User = user ?? server.User };
    }

    /// <summary>What a connection to a database here needs, to be changed as a test likes. Connections are never pooled.</summary>
    public NpgsqlConnectionStringBuilder Settings(string database)
    {
        DatabaseEndpoint endpoint = Endpoint(database);
        return new NpgsqlConnectionStringBuilder
        {
            Host = endpoint.Server,
            Port = endpoint.Port ?? 5432,
            Username = endpoint.User,
            Database = endpoint.Database,
            SslMode = SslMode.Disable,
            Pooling = false,
            CommandTimeout = 0,
            IncludeErrorDetail = true,
        };
    }

    public Task<NpgsqlConnection> OpenConnectionAsync(string database = SuperUser) => OpenAsync(Settings(database));

    /// <summary>Opens a connection with settings of the test's own.</summary>
    public static async Task<NpgsqlConnection> OpenAsync(NpgsqlConnectionStringBuilder settings)
    {
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs statements in the database that every server has, as the superuser: for roles, settings, tablespaces.</summary>
    public Task ExecuteAsync(string sql) => Database(SuperUser).ExecuteAsync(sql);

    /// <summary>The first value that a query gives in the database that every server has.</summary>
    public Task<T> ScalarAsync<T>(string sql) => Database(SuperUser).ScalarAsync<T>(sql);

    /// <summary>The server's version as a number, such as 150018.</summary>
    public async Task<int> VersionAsync() =>
        int.Parse(await ScalarAsync<string>("SHOW server_version_num"), CultureInfo.InvariantCulture);

    /// <summary>Makes a database that is dropped when it is disposed.</summary>
    /// <param name="name">What its name begins with; the rest makes it unique.</param>
    /// <param name="options">What CREATE DATABASE is given behind the name.</param>
    public async Task<TestDatabase> CreateDatabaseAsync(string? name = null, string? options = null)
    {
        TestDatabase database = NameDatabase(name);
        await ExecuteAsync($"CREATE DATABASE {Quote(database.Name)} {options}");
        return database;
    }

    /// <summary>A name that no database has yet. What the test makes by that name is dropped when it is disposed.</summary>
    /// <param name="name">What the name begins with; the rest makes it unique.</param>
    public TestDatabase NameDatabase(string? name = null)
    {
        string first = name ?? "dr";
        while (System.Text.Encoding.UTF8.GetByteCount(first) > MostNameBytes)
        {
            first = first[..^1];
        }

        return Require().Database($"{first}_{Guid.NewGuid():N}"[..(first.Length + 13)]);
    }

    /// <summary>A name as SQL writes it.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public override string ToString() => Name;

    private TestDatabase Database(string name) => new(this, name);

    private static string Required(string variable)
    {
        string? value = Environment.GetEnvironmentVariable(variable);
        if (string.IsNullOrEmpty(value))
        {
            Assert.Skip($"{variable} is not set: tests/servers/start.sh starts the servers");
        }

        return value;
    }
}
