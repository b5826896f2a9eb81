using System.Text;

namespace DataResilience.PostgreSql;

/// <summary>
/// What the bytes of rows and the text of definitions depend on, set in every session on both sides: a backup and its restore must
/// see the same text of the same value, whatever the server, the database or the role have as their defaults.
/// </summary>
internal static class SessionSettings
{
    private const string RawEncoding = "SQL_ASCII";

    private static readonly (string Name, string Value, int Since)[] Settings =
    [
        ("standard_conforming_strings", "on", 0),
        ("search_path", "''", 0),
        // A policy would hide rows in silence; off makes it an error.
        ("row_security", "off", 0),
        ("datestyle", "'ISO, MDY'", 0),
        ("intervalstyle", "'postgres'", 0),
        ("timezone", "'UTC'", 0),
        ("bytea_output", "'hex'", 0),
        ("lc_monetary", "'C'", 0),
        ("lc_numeric", "'C'", 0),
        ("xmloption", "'content'", 0),
        ("quote_all_identifiers", "off", 0),
        ("extra_float_digits", "3", 0),
        // Scans that join others in the middle of a table would give rows in another order every time.
        ("synchronize_seqscans", "off", 0),
        ("max_parallel_workers_per_gather", "0", 0),
        ("statement_timeout", "0", 0),
        ("lock_timeout", "0", 0),
        ("idle_in_transaction_session_timeout", "0", 0),
        ("idle_session_timeout", "0", 14),
        ("transaction_timeout", "0", 17),
    ];

    /// <summary>One statement list that sets them all.</summary>
    /// <param name="server">The server's version.</param>
    /// <param name="encoding">The database's encoding.</param>
    internal static string StatementFor(Version server, string? encoding)
    {
        // What stands in a database without an encoding is in none: its bytes are taken as they are.
        string client = encoding == RawEncoding ? RawEncoding : "UTF8";
        var statements = new StringBuilder().Append("SET client_encoding = '").Append(client).Append("'; ");
        foreach ((string name, string value, int since) in Settings)
        {
            if (server.Major >= since)
            {
                statements.Append("SET ").Append(name).Append(" = ").Append(value).Append("; ");
            }
        }

        return statements.ToString();
    }
}
