using System.Net;
using DataResilience.Providers;
using DataResilience.Testing.Servers;

namespace DataResilience.PostgreSql.Tests.Restore;

/// <summary>A database to restore into, which is dropped at the end, and schema objects made by hand.</summary>
internal sealed class RestoreScene : IAsyncDisposable
{
    private readonly List<SchemaObject> objects = [];
    private readonly List<TableSchema> tables = [];

    internal RestoreScene(PostgreSqlServer? server = null, string name = "dr target")
    {
        Server = (server ?? PostgreSqlServer.Release).Require();
        Target = Server.NameDatabase(name);
    }

    // Tests run beside others, in other processes too: no two may draw the same names.
    private static int seeds = Environment.ProcessId << 8;

    internal static int NextSeed() => Interlocked.Increment(ref seeds);

    internal static CancellationToken Token => TestContext.Current.CancellationToken;

    internal PostgreSqlServer Server { get; }

    internal TestDatabase Target { get; }

    internal TargetOptions Options { get; set; } = new()
    {
        Properties = new Dictionary<string, string>(StringComparer.Ordinal) { ["encoding"] = "UTF8" },
        Tables = [],
        Objects = [],
        SourceEngine = DatabaseEngine.PostgreSql,
        SourceVersion = "13.0",
        IsPartial = false,
        IncludesSchema = true,
        IncludesRows = true,
        Replace = false,
        Loaders = 3,
        LockTimeout = TimeSpan.FromSeconds(30),
    };

    internal IReadOnlyList<SchemaObject> Objects => objects;

    /// <summary>The target as the superuser, or as a role with the password that all roles of tests have.</summary>
    internal ServerAddress Address(string? user = null)
    {
        DatabaseEndpoint endpoint = Server.Endpoint(Target.Name, user);
        return ServerAddress.Of(user is null ? endpoint : endpoint.WithPassword(new NetworkCredential("", PostgreSqlServer.Password).SecurePassword));
    }

    /// <summary>Adds an object; what it depends on is named by its place among the objects, from 1.</summary>
    internal SchemaObject Add(string kind, string name, string definition, SchemaPhase phase = SchemaPhase.PreData, string? table = null, params int[] needs)
    {
        var item = new SchemaObject
        {
            Id = objects.Count + 1,
            Kind = kind,
            Schema = kind is "schema" or "event trigger" or "publication" ? "" : "public",
            Name = name,
            Table = table,
            Phase = phase,
            Definition = definition,
            DependsOn = needs,
        };
        objects.Add(item);
        return item;
    }

    /// <summary>Changes the object that was added last.</summary>
    internal void Change(Func<SchemaObject, SchemaObject> change) => objects[^1] = change(objects[^1]);

    internal void AddOption(string name, string value) => Change(item => item with
    {
        Options = new Dictionary<string, string>(item.Options, StringComparer.Ordinal) { [name] = value },
    });

    /// <summary>Adds a table with its definition.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="columns">Its columns, each name and type.</param>
    internal TableSchema AddTable(string name, params string[] columns)
    {
        Add("table", name, $"CREATE TABLE public.\"{name}\" ({string.Join(", ", columns)});", table: $"public.{name}");
        AddOption("drop", $"DROP TABLE public.\"{name}\";");
        TableSchema table = Table("public", name, [.. columns.Select(column => column.Split(' ')[0])]);
        tables.Add(table);
        return table;
    }

    internal static TableSchema Table(string schema, string name, params string[] columns) => new()
    {
        Schema = schema,
        Name = name,
        Columns = [.. columns.Select(column => new ColumnSchema(column, ""))],
        KeyColumns = [],
        RowEncodingVersion = 1,
    };

    internal Task<IRestoreTarget> OpenAsync(string? user = null, CancellationToken? token = null, int? seed = null) => TargetOpener.OpenAsync(
        Address(user), All(), new Random(seed ?? NextSeed()), TimeProvider.System, token ?? Token);

    /// <summary>The options with the objects and tables that were added.</summary>
    internal TargetOptions All() => Options with { Objects = objects, Tables = tables };

    internal Task CreateAsync(IRestoreTarget target, SchemaPhase phase, CancellationToken? token = null) =>
        target.CreateObjectsAsync([.. objects.Where(item => item.Phase == phase)], token ?? Token);

    /// <summary>Nothing of ours is left: no session, no temporary database, nothing under the wanted name unless it was there.</summary>
    internal async Task AssertNothingLeftAsync(bool isThere = false)
    {
        Assert.Equal(isThere ? 1 : 0, await Server.ScalarAsync<long>($"SELECT count(*) FROM pg_database WHERE datname = {Literal(Target.Name)}"));
        Assert.Equal(0, await LeftoversAsync());
        Assert.Equal(0, await Server.ScalarAsync<long>(
            $"SELECT count(*) FROM pg_stat_activity WHERE application_name = 'DataResilience' AND datname = {Literal(Target.Name)}"));
    }

    internal Task<long> LeftoversAsync() => Server.ScalarAsync<long>(
        $"SELECT count(*) FROM pg_database WHERE datname LIKE 'dr\\_%' AND shobj_description(oid, 'pg_database') LIKE '%' || {Literal(Target.Name.Replace("\"", "\"\"", StringComparison.Ordinal))} || '%'");

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    public ValueTask DisposeAsync() => Target.DisposeAsync();
}
