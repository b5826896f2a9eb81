namespace DataResilience;

/// <summary>The connection strings of one .NET driver.</summary>
/// <param name="Engine">The engine it is for.</param>
/// <param name="FirstKey">The key that its strings begin with, by which they are told apart.</param>
/// <param name="ParameterByKey">
/// The driver's keys without spaces, each with the parameter of the engine's own programs that says the same; empty where what an
/// application wants has no meaning here.
/// </param>
/// <param name="ValueOf">The value of a parameter in the words of the engine's own programs.</param>
internal sealed record ConnectionStringDialect(
    DatabaseEngine Engine, string FirstKey, IReadOnlyDictionary<string, string> ParameterByKey, Func<string, string, string> ValueOf)
{
    internal const string Ignored = "";

    internal const string Host = "host";

    internal const string Port = "port";

    internal const string Database = "dbname";

    internal const string User = "user";

    // Npgsql documents its strings as beginning with Host=, MySqlConnector with Server=; each takes the other's word further on.
    internal static IReadOnlyList<ConnectionStringDialect> All { get; } = [NpgsqlKeys.Dialect, MySqlConnectorKeys.Dialect];

    /// <summary>A table of keys.</summary>
    /// <param name="parameters">The keys that say something, with their parameters.</param>
    /// <param name="ignored">The keys of pools, commands and buffers.</param>
    internal static Dictionary<string, string> Table((string Key, string Parameter)[] parameters, string[] ignored)
    {
        var table = ignored.ToDictionary(key => key, _ => Ignored, StringComparer.OrdinalIgnoreCase);
        foreach ((string key, string parameter) in parameters)
        {
            table.Add(key, parameter);
        }

        return table;
    }
}
