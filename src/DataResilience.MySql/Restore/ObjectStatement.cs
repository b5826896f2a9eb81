using System.Text;
using System.Text.RegularExpressions;
using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>What creates an object, and in which settings.</summary>
internal static partial class ObjectStatement
{
    // Modes that MySQL does not know, or no longer.
    private static readonly HashSet<string> OnlyMariaDb = new(StringComparer.OrdinalIgnoreCase)
    {
        "NO_AUTO_CREATE_USER", "NO_FIELD_OPTIONS", "NO_TABLE_OPTIONS", "NO_KEY_OPTIONS", "EMPTY_STRING_IS_NULL", "SIMULTANEOUS_ASSIGNMENT",
        "TIME_ROUND_FRACTIONAL", "IGNORE_BAD_TABLE_OPTIONS", "POSTGRESQL", "ORACLE", "MSSQL", "DB2", "MAXDB", "MYSQL323", "MYSQL40",
    };

    /// <summary>The definition, with its definer or without, which makes it the current user's.</summary>
    internal static string For(SchemaObject item, bool withOwner) => withOwner ? item.Definition : Definer().Replace(item.Definition, "${before}", 1);

    /// <summary>How an object is named to the user.</summary>
    internal static string Describe(SchemaObject item) => $"{item.Kind} '{item.Name}'";

    /// <summary>The statements that drop what an object's definition made. Packages are known in Oracle's mode only, before MariaDB 11.4.</summary>
    internal static IReadOnlyList<string> Drop(SchemaObject item, ServerVersion server)
    {
        string drop = $"DROP {item.Kind.ToUpperInvariant()} IF EXISTS {SqlText.Name(item.Name)}";
        return item.Kind is ObjectKind.Package or ObjectKind.PackageBody
            ? ["SET SESSION sql_mode = 'ORACLE'", drop, $"SET SESSION sql_mode = '{RestoreSession.Modes(server)}'"]
            : [drop];
    }

    /// <summary>The query that finds an object that is code, by its database and name.</summary>
    internal static string Find(SchemaObject item)
    {
        (string catalog, string schema, string name) = item.Kind switch
        {
            ObjectKind.View => ("views", "table_schema", "table_name"),
            ObjectKind.Trigger => ("triggers", "trigger_schema", "trigger_name"),
            ObjectKind.Event => ("events", "event_schema", "event_name"),
            ObjectKind.Library => ("libraries", "library_schema", "library_name"),
            _ => ("routines", "routine_schema", "routine_name"),
        };
        string kind = catalog == "routines" ? $" AND routine_type = '{item.Kind.ToUpperInvariant()}'" : "";
        return $"SELECT 1 FROM information_schema.{catalog} WHERE {schema} = ? AND {name} = ?{kind}";
    }

    /// <summary>The settings that the definition was given in; null where it needs none of its own.</summary>
    /// <param name="item">The object.</param>
    /// <param name="server">The server that it is created at.</param>
    /// <param name="takesCollation">Whether the server has the collation of the connection that gave the definition.</param>
    internal static string? Settings(SchemaObject item, ServerVersion server, bool takesCollation)
    {
        var settings = new List<string>();
        if (item.Options.TryGetValue(ObjectOption.SqlMode, out string? modes))
        {
            settings.Add($"sql_mode = {SqlText.Value(Modes(modes, server))}");
        }

        // The text comes as utf8mb4: in another character set of the client only ASCII means the same.
        if (item.Options.TryGetValue(ObjectOption.CharacterSetClient, out string? characters) && Ascii.IsValid(item.Definition))
        {
            settings.Add($"character_set_client = {characters}");
        }

        if (takesCollation && item.Options.TryGetValue(ObjectOption.CollationConnection, out string? collation))
        {
            settings.Add($"collation_connection = {collation}");
        }

        if (item.Options.TryGetValue(ObjectOption.TimeZone, out string? zone))
        {
            settings.Add($"time_zone = {SqlText.Value(zone)}");
        }

        return settings.Count == 0 ? null : $"SET {string.Join(", ", settings.Select(setting => $"SESSION {setting}"))}";
    }

    private static string Modes(string modes, ServerVersion server) => string.Join(
        ',', modes.Split(',').Where(mode => server.IsMariaDb ? mode != "TIME_TRUNCATE_FRACTIONAL" : !OnlyMariaDb.Contains(mode)));

    [GeneratedRegex(
        @"^(?<before>\s*CREATE\s+(OR\s+REPLACE\s+)?(ALGORITHM\s*=\s*\w+\s+)?)DEFINER\s*=\s*(`([^`]|``)*`|[^\s@`]+)(@(`([^`]|``)*`|\S+))?\s+",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Definer();
}
