using System.Globalization;

namespace DataResilience.MySql;

/// <summary>
/// What the bytes of rows and the text of definitions depend on, set in every session on both sides, whatever the server or the
/// user have as their defaults.
/// </summary>
internal static class SessionSettings
{
    private const int LongestWait = 31_536_000;

    /// <summary>One statement that sets them all.</summary>
    internal static string StatementFor(ServerVersion server, SessionPurpose purpose)
    {
        List<string> settings =
        [
            "time_zone = '+00:00'",
            // ANSI_QUOTES would change what SHOW CREATE prints; strictness would refuse zero dates that the source has.
            purpose == SessionPurpose.Load ? "sql_mode = 'NO_AUTO_VALUE_ON_ZERO'" : "sql_mode = ''",
            "sql_quote_show_create = 1",
            Long("net_write_timeout"),
            Long("net_read_timeout"),
            Long("wait_timeout"),
            server.IsMariaDb ? "max_statement_time = 0" : "max_execution_time = 0",
            "group_concat_max_len = 1073741824",
        ];
        if (purpose == SessionPurpose.Load)
        {
            settings.AddRange(["foreign_key_checks = 0", "unique_checks = 0"]);
        }

        if (server.IsMariaDb)
        {
            // Of a value that it gives as NULL only a warning tells, which must not go under among others.
            settings.Add("max_error_count = 4096");
        }
        else
        {
            // Statistics of tables may be a day old otherwise, and a DEFINER's secret be printed in a form that cannot be run.
            settings.AddRange(["information_schema_stats_expiry = 0", "print_identified_with_as_hex = 1"]);
        }

        return $"SET NAMES utf8mb4, {string.Join(", ", settings.Select(setting => $"SESSION {setting}"))}";
    }

    private static string Long(string name) => string.Create(CultureInfo.InvariantCulture, $"{name} = {LongestWait}");
}
