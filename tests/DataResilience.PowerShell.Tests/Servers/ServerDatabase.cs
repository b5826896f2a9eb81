using System.Diagnostics;

namespace DataResilience.PowerShell.Tests.Servers;

/// <summary>
/// A database at the tests' PostgreSQL server, made and asked with its command line tool: the driver must not be in the tests' own
/// load context. It is dropped when disposed, with every other one whose name begins with its own.
/// </summary>
public sealed class ServerDatabase : IDisposable
{
    private const string Maintenance = "postgres";

    private ServerDatabase() => Sql("postgres", $"CREATE DATABASE {Name}");

    public string Name { get; } = $"dr_shell_{Guid.NewGuid():N}"[..20];

    /// <summary>The server without a database.</summary>
    public static string Server => new Uri(Variable("DATARESILIENCE_TEST_POSTGRESQL")).GetLeftPart(UriPartial.Authority);

    public string Endpoint => $"{Server}/{Name}";

    /// <summary>The password of the roles that have one.</summary>
    public static string Password => Variable("DATARESILIENCE_TEST_POSTGRESQL_PASSWORD");

    public static ServerDatabase Create(string script)
    {
        var database = new ServerDatabase();
        database.Sql(script);
        return database;
    }

    /// <summary>A variable of the tests' servers; where it is not set the test is skipped.</summary>
    public static string Variable(string name)
    {
        string? value = Environment.GetEnvironmentVariable(name);
        if (string.IsNullOrEmpty(value))
        {
            Assert.Skip($"{name} is not set: tests/servers/start.sh starts the servers");
        }

        return value;
    }

    /// <summary>The same place as another role, or of another kind.</summary>
    public string As(string role, string parameters = "") => Endpoint.Replace("postgres@", $"{role}@", StringComparison.Ordinal) + parameters;

    public string Sql(string sql) => Sql(Name, sql);

    /// <summary>What a query gives in a database of this server, one row a line.</summary>
    public static string Sql(string database, string sql)
    {
        string tool = Path.Combine(Variable("DATARESILIENCE_TEST_POSTGRESQL_BIN"), "psql");
        using var process = Process.Start(new ProcessStartInfo(
            tool, ["--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--no-password", "--set", "ON_ERROR_STOP=1", "--dbname", $"{Server}/{database}"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        process.StandardInput.Write(sql);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output.Trim();
    }

    /// <summary>Every database whose name begins with this one's, and the rows of this one.</summary>
    public string Picture() => Sql(
        $"""
        SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database WHERE datname LIKE '{Name}%' OR shobj_description(oid, 'pg_database') LIKE '%{Name}%';
        SELECT oid::regclass, relfilenode, query_to_xml('SELECT * FROM ' || oid::regclass, false, true, '') FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname;
        """);

    public void Dispose() => Sql(
        Maintenance, $"SELECT format('DROP DATABASE %I WITH (FORCE)', datname) FROM pg_database WHERE datname LIKE '{Name}%' \\gexec");
}
