using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;

namespace DataResilience;

/// <summary>Reads connection strings as applications in .NET have them for PostgreSQL: <c>Host=db1;Username=backup;Database=shop</c>.</summary>
internal static partial class ConnectionStringText
{
    private const string Ignored = "";

    // The driver's names without spaces, each with the parameter of PostgreSQL's own programs that says the same.
    private static readonly Dictionary<string, string> ParameterByKey = new(StringComparer.OrdinalIgnoreCase)
    {
        ["host"] = "host",
        ["server"] = "host",
        ["port"] = "port",
        ["database"] = "dbname",
        ["db"] = "dbname",
        ["username"] = "user",
        ["userid"] = "user",
        ["user"] = "user",
        ["uid"] = "user",
        ["sslmode"] = "sslmode",
        ["sslnegotiation"] = "sslnegotiation",
        ["rootcertificate"] = "sslrootcert",
        ["sslcertificate"] = "sslcert",
        ["sslkey"] = "sslkey",
        ["channelbinding"] = "channel_binding",
        ["gssencryptionmode"] = "gssencmode",
        ["kerberosservicename"] = "krbsrvname",
        ["requireauth"] = "require_auth",
        ["passfile"] = "passfile",
        ["timeout"] = "connect_timeout",
        ["applicationname"] = "application_name",
        ["options"] = "options",
        ["targetsessionattributes"] = "target_session_attrs",
        // What an application wants of its pool, its commands and its buffers has no meaning here.
        ["pooling"] = Ignored,
        ["minimumpoolsize"] = Ignored,
        ["maximumpoolsize"] = Ignored,
        ["minpoolsize"] = Ignored,
        ["maxpoolsize"] = Ignored,
        ["connectionidlelifetime"] = Ignored,
        ["connectionpruninginterval"] = Ignored,
        ["connectionlifetime"] = Ignored,
        ["commandtimeout"] = Ignored,
        ["internalcommandtimeout"] = Ignored,
        ["cancellationtimeout"] = Ignored,
        ["keepalive"] = Ignored,
        ["tcpkeepalive"] = Ignored,
        ["tcpkeepalivetime"] = Ignored,
        ["tcpkeepaliveinterval"] = Ignored,
        ["maxautoprepare"] = Ignored,
        ["autoprepareminusages"] = Ignored,
        ["readbuffersize"] = Ignored,
        ["writebuffersize"] = Ignored,
        ["enlist"] = Ignored,
        ["multiplexing"] = Ignored,
        ["noresetonclose"] = Ignored,
        ["includeerrordetail"] = Ignored,
        ["logparameters"] = Ignored,
        ["persistsecurityinfo"] = Ignored,
        ["trustservercertificate"] = Ignored,
        ["searchpath"] = Ignored,
        ["timezone"] = Ignored,
        ["encoding"] = Ignored,
        ["clientencoding"] = Ignored,
    };

    /// <summary>Whether a text is one: it begins with a key that only this driver has.</summary>
    internal static bool IsOne(string text) => FirstKey().IsMatch(text);

    internal static DatabaseEndpoint Parse(string text)
    {
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string key, string value) in Read(text))
        {
            string name = key.Replace(" ", "", StringComparison.Ordinal);
            if (EndpointSecrets.IsSecret(name))
            {
                throw EndpointUri.HoldsPassword(text);
            }

            if (!ParameterByKey.TryGetValue(name, out string? parameter))
            {
                throw EndpointUri.Invalid(text, $"its key '{key}' is not supported");
            }

            if (parameter != Ignored && !parameters.TryAdd(parameter, Value(parameter, value)))
            {
                throw EndpointUri.Invalid(text, $"its key '{key}' says again what stands before it");
            }
        }

        parameters.Remove("host", out string? hosts);
        (string server, int? port) = EndpointHosts.Parse(hosts ?? "", text);
        var endpoint = new DatabaseEndpoint { Engine = DatabaseEngine.PostgreSql, Server = server, Port = port };
        return EndpointParameters.Apply(endpoint, parameters, text);
    }

    private static List<(string Key, string Value)> Read(string text)
    {
        var builder = new DbConnectionStringBuilder();
        try
        {
            builder.ConnectionString = text;
        }
        catch (ArgumentException)
        {
            // What the builder says of it may repeat a password.
            throw EndpointUri.Invalid(text, "it is not a connection string");
        }

        return [.. builder.Keys.Cast<string>().Select(key => (key, Convert.ToString(builder[key], CultureInfo.InvariantCulture) ?? ""))];
    }

    // VerifyFull is verify-full there, ReadWrite read-write, Prefer prefer.
    private static string Value(string parameter, string value) => parameter switch
    {
        "sslmode" or "sslnegotiation" or "channel_binding" or "gssencmode" or "target_session_attrs" =>
            value.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant() switch
            {
                "VERIFYFULL" => "verify-full",
                "VERIFYCA" => "verify-ca",
                "READWRITE" => "read-write",
                "READONLY" => "read-only",
                "PREFERSTANDBY" => "prefer-standby",
                "PREFERPRIMARY" => "prefer-primary",
                _ => value.ToLowerInvariant(),
            },
        _ => value,
    };

    [GeneratedRegex(@"^\s*Host\s*=", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex FirstKey();
}
