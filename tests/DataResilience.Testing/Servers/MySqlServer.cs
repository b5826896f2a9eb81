using System.Net;
using MySqlConnector;

namespace DataResilience.Testing.Servers;

/// <summary>
/// A real MariaDB or MySQL server that tests/servers/start.sh started. A test that uses one that is not there is skipped,
/// whatever it asks of it first.
/// </summary>
public sealed class MySqlServer
{
    // An identifier has at most 64 characters; the rest makes it unique.
    private const int MostNameLength = 51;

    private MySqlServer(string name, DatabaseEngine engine, string variable) => (Name, Engine, Variable) = (name, engine, variable);

    /// <summary>The distribution's MariaDB.</summary>
    public static MySqlServer MariaDb { get; } = new("mariadb", DatabaseEngine.MariaDb, "DATARESILIENCE_TEST_MARIADB");

    /// <summary>A newer MariaDB than <see cref="MariaDb"/>.</summary>
    public static MySqlServer MariaDbNewer { get; } = new("mariadbnewer", DatabaseEngine.MariaDb, "DATARESILIENCE_TEST_MARIADB_NEWER");

    /// <summary>MySQL 9.</summary>
    public static MySqlServer MySql { get; } = new("mysql", DatabaseEngine.MySql, "DATARESILIENCE_TEST_MYSQL");

    /// <summary>MySQL 8.4, the version with long support.</summary>
    public static MySqlServer MySql84 { get; } = new("mysql84", DatabaseEngine.MySql, "DATARESILIENCE_TEST_MYSQL_84");

    /// <summary>The names of all of them, for theories: <see cref="Named"/> gives the server.</summary>
    public static TheoryData<string> Versions => [MariaDb.Name, MariaDbNewer.Name, MySql.Name, MySql84.Name];

    /// <summary>A word for the server.</summary>
    public string Name { get; }

    public DatabaseEngine Engine { get; }

    /// <summary>The environment variable that says where it is; those with more about it begin with it.</summary>
    public string Variable { get; }

    public bool IsAvailable => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    /// <summary>The server as a whole, as the user dradmin, who may everything and has <see cref="Password"/>.</summary>
    public DatabaseEndpoint Root => Endpoint("");

    /// <summary>The password of the users <c>dradmin</c>, <c>drpassword</c> and <c>drtls</c>.</summary>
    public string Password => Required("_PASSWORD");

    /// <summary>The folder with the client programs of this server's version.</summary>
    public string Binaries => Required("_BIN");

    /// <summary>The socket, through which <c>root</c> needs no password.</summary>
    public string Socket => Required("_SOCKET");

    /// <summary>The server of a name.</summary>
    public static MySqlServer Named(string name) => new[] { MariaDb, MariaDbNewer, MySql, MySql84 }.Single(server => server.Name == name);

    /// <summary>A file of the servers' certificates: ca.crt, other-ca.crt (which signed nothing), client.crt and client.key.</summary>
    public string Certificate(string file) => Path.Combine(Required("_TLS"), file);

    /// <summary>Skips the test where the server is not there.</summary>
    /// <returns>This server.</returns>
    public MySqlServer Require()
    {
        _ = Required();
        return this;
    }

    /// <summary>A database here, as dradmin or as another user.</summary>
    public DatabaseEndpoint Endpoint(string database, string? user = null)
    {
        DatabaseEndpoint server = DatabaseEndpoint.Parse(Required());
        return server with { Database = database, User = user ?? server.User };
    }

    /// <summary>The same with the password, ready to be used.</summary>
    public DatabaseEndpoint Login(string database, string? user = null, string? password = null) =>
        Endpoint(database, user).WithPassword(new NetworkCredential("", password ?? Password).SecurePassword);

    /// <summary>What a connection to a database here needs, to be changed as a test likes. Connections are never pooled.</summary>
    public MySqlConnectionStringBuilder Settings(string database)
    {
        DatabaseEndpoint endpoint = Endpoint(database);
        return new MySqlConnectionStringBuilder
        {
            Server = endpoint.Server,
            Port = (uint)(endpoint.Port ?? 3306),
            UserID = endpoint.User,
            Password = Password,
            Database = endpoint.Database,
            SslMode = MySqlSslMode.Disabled,
            AllowPublicKeyRetrieval = true, // how caching_sha2_password keeps a password secret without TLS
            Pooling = false,
            DefaultCommandTimeout = 0,
            AllowUserVariables = true,
        };
    }

    /// <summary>Opens a connection of dradmin, to the server as a whole or to a database.</summary>
    public Task<MySqlConnection> OpenConnectionAsync(string database = "") => OpenAsync(Settings(database));

    /// <summary>Opens a connection with settings of the test's own.</summary>
    public static async Task<MySqlConnection> OpenAsync(MySqlConnectionStringBuilder settings)
    {
        var connection = new MySqlConnection(settings.ConnectionString);
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

    /// <summary>Runs statements in no database, as dradmin: for users and settings.</summary>
    public Task ExecuteAsync(string sql) => Database("").ExecuteAsync(sql);

    /// <summary>The first value that a query gives in no database.</summary>
    public Task<T> ScalarAsync<T>(string sql) => Database("").ScalarAsync<T>(sql);

    /// <summary>The server's version, without what distributions add to it.</summary>
    public async Task<Version> VersionAsync() => Version.Parse((await ScalarAsync<string>("SELECT version()")).Split('-')[0]);

    /// <summary>Makes a database that is dropped when it is disposed.</summary>
    /// <param name="name">What its name begins with; the rest makes it unique.</param>
    /// <param name="options">What CREATE DATABASE is given behind the name.</param>
    public async Task<MySqlTestDatabase> CreateDatabaseAsync(string? name = null, string? options = null)
    {
        MySqlTestDatabase database = NameDatabase(name);
        await ExecuteAsync($"CREATE DATABASE {Quote(database.Name)} {options}");
        return database;
    }

    /// <summary>A name that no database has yet. What the test makes by that name is dropped when it is disposed.</summary>
    /// <param name="name">What the name begins with; the rest makes it unique.</param>
    public MySqlTestDatabase NameDatabase(string? name = null)
    {
        string first = name ?? "dr";
        first = first[..Math.Min(first.Length, MostNameLength)];
        return Require().Database($"{first}_{Guid.NewGuid():N}"[..(first.Length + 13)]);
    }

    /// <summary>A name as SQL writes it.</summary>
    public static string Quote(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    public override string ToString() => Name;

    private MySqlTestDatabase Database(string name) => new(this, name);

    private string Required(string suffix = "")
    {
        string variable = Variable + suffix;
        string? value = Environment.GetEnvironmentVariable(variable);
        if (string.IsNullOrEmpty(value))
        {
            Assert.Skip($"{variable} is not set: tests/servers/start.sh starts the servers");
        }

        return value;
    }
}
