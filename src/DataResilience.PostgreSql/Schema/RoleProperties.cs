using System.Globalization;
using System.Text;
using Npgsql;

namespace DataResilience.PostgreSql;

/// <summary>
/// The roles that a database needs: owners, grantees, those that policies and user mappings name. <c>role@name</c> holds the
/// statements that make the role, or nothing where only names were asked for; <c>membership@number</c> one GRANT of a role to a role.
/// </summary>
internal sealed class RoleProperties(ServerSession session, bool includeDefinitions)
{
    internal const string RolePrefix = "role@";
    internal const string MembershipPrefix = "membership@";

    private const int VersionWithMembershipOptions = 16;
    private const string PredefinedPrefix = "pg_";

    private const string Needed =
        """
        SELECT DISTINCT r.rolname::pg_catalog.text
        FROM pg_catalog.pg_database AS b
        JOIN pg_catalog.pg_shdepend AS d
            ON d.dbid = b.oid OR (d.classid = 'pg_catalog.pg_database'::pg_catalog.regclass AND d.objid = b.oid)
        JOIN pg_catalog.pg_roles AS r ON r.oid = d.refobjid
        WHERE b.datname = pg_catalog.current_database() AND d.refclassid = 'pg_catalog.pg_authid'::pg_catalog.regclass
        UNION
        SELECT r.rolname::pg_catalog.text
        FROM pg_catalog.pg_db_role_setting AS s
        JOIN pg_catalog.pg_database AS b ON b.oid = s.setdatabase AND b.datname = pg_catalog.current_database()
        JOIN pg_catalog.pg_roles AS r ON r.oid = s.setrole
        """;

    private const string Attributes =
        """
        SELECT r.rolname::pg_catalog.text, r.rolsuper, r.rolinherit, r.rolcreaterole, r.rolcreatedb, r.rolcanlogin, r.rolreplication,
            r.rolbypassrls, r.rolconnlimit, r.rolvaliduntil::pg_catalog.text, pg_catalog.shobj_description(r.oid, 'pg_authid'),
            (SELECT s.setconfig FROM pg_catalog.pg_db_role_setting AS s WHERE s.setrole = r.oid AND s.setdatabase = 0)
        FROM pg_catalog.pg_roles AS r
        WHERE r.rolname = ANY ($1)
        """;

    private const string Passwords =
        "SELECT rolname::pg_catalog.text, rolpassword FROM pg_catalog.pg_authid WHERE rolname = ANY ($1) AND rolpassword LIKE 'SCRAM-SHA-256$%'";

    private const string Memberships =
        """
        SELECT g.rolname::pg_catalog.text, m.rolname::pg_catalog.text, pg_catalog.bool_or(a.admin_option),
            pg_catalog.bool_or((pg_catalog.to_jsonb(a) ->> 'inherit_option')::pg_catalog.bool),
            pg_catalog.bool_or((pg_catalog.to_jsonb(a) ->> 'set_option')::pg_catalog.bool)
        FROM pg_catalog.pg_auth_members AS a
        JOIN pg_catalog.pg_roles AS g ON g.oid = a.roleid
        JOIN pg_catalog.pg_roles AS m ON m.oid = a.member
        WHERE (g.rolname = ANY ($1) OR g.rolname ~ '^pg_') AND m.rolname = ANY ($1)
        GROUP BY 1, 2
        ORDER BY 1, 2
        """;

    private static readonly string[] Flags = ["SUPERUSER", "INHERIT", "CREATEROLE", "CREATEDB", "LOGIN", "REPLICATION", "BYPASSRLS"];

    /// <summary>Adds them.</summary>
    /// <param name="properties">What to add them to.</param>
    /// <param name="owners">Who owns something; the catalogs do not say it of the superuser that every server has.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task AddAsync(Dictionary<string, string> properties, IEnumerable<string> owners, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> needed = await session.QueryAsync(Needed, row => row.GetString(0), cancellationToken);
        string[] names =
        [
            .. needed.Concat(owners).Append(properties[DatabaseProperties.Owner])
                // Every server has those.
                .Where(name => !name.StartsWith(PredefinedPrefix, StringComparison.Ordinal))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
        foreach (string name in names)
        {
            properties[RolePrefix + name] = "";
        }

        if (includeDefinitions)
        {
            await AddDefinitionsAsync(properties, names, cancellationToken);
        }
    }

    private async Task AddDefinitionsAsync(Dictionary<string, string> properties, string[] names, CancellationToken cancellationToken)
    {
        Dictionary<string, string> passwords = await ReadPasswordsAsync(names, cancellationToken);
        foreach ((string name, string definition) in await session.QueryAsync(
            Attributes, row => (row.GetString(0), Define(row, passwords)), cancellationToken, [names]))
        {
            properties[RolePrefix + name] = definition;
        }

        IReadOnlyList<string> memberships = await session.QueryAsync(Memberships, Grant, cancellationToken, [names]);
        for (int i = 0; i < memberships.Count; i++)
        {
            properties[MembershipPrefix + (i + 1).ToString(CultureInfo.InvariantCulture)] = memberships[i];
        }
    }

    /// <summary>Verifiers, from which no password can be taken; only a superuser sees them.</summary>
    private async Task<Dictionary<string, string>> ReadPasswordsAsync(string[] names, CancellationToken cancellationToken)
    {
        bool mayRead = await session.ScalarAsync<bool>("SELECT pg_catalog.has_table_privilege('pg_catalog.pg_authid', 'SELECT')", cancellationToken);
        IReadOnlyList<(string Name, string Password)> rows = mayRead
            ? await session.QueryAsync(Passwords, row => (row.GetString(0), row.GetString(1)), cancellationToken, [names])
            : [];
        return rows.ToDictionary(row => row.Name, row => row.Password, StringComparer.Ordinal);
    }

    private static string Define(NpgsqlDataReader row, Dictionary<string, string> passwords)
    {
        string name = row.GetString(0);
        string role = SqlName.Quote(name);
        var text = new StringBuilder($"CREATE ROLE {role} WITH");
        for (int i = 0; i < Flags.Length; i++)
        {
            text.Append(row.GetBoolean(i + 1) ? " " : " NO").Append(Flags[i]);
        }

        int next = Flags.Length + 1;
        text.Append(CultureInfo.InvariantCulture, $" CONNECTION LIMIT {row.GetInt32(next)}");
        if (passwords.TryGetValue(name, out string? password))
        {
            text.Append(" PASSWORD ").Append(SqlName.Text(password));
        }

        if (!row.IsDBNull(next + 1))
        {
            text.Append(" VALID UNTIL ").Append(SqlName.Text(row.GetString(next + 1)));
        }

        text.Append(';');
        if (!row.IsDBNull(next + 2))
        {
            text.Append(CultureInfo.InvariantCulture, $"\nCOMMENT ON ROLE {role} IS {SqlName.Text(row.GetString(next + 2))};");
        }

        foreach (ServerSetting setting in row.IsDBNull(next + 3) ? [] : row.GetFieldValue<string[]>(next + 3).Select(ServerSetting.Parse))
        {
            text.Append(CultureInfo.InvariantCulture, $"\nALTER ROLE {role} SET {SqlName.Quote(setting.Name)} TO {setting.Sql};");
        }

        return text.ToString();
    }

    private string Grant(NpgsqlDataReader row)
    {
        string statement = $"GRANT {SqlName.Quote(row.GetString(0))} TO {SqlName.Quote(row.GetString(1))}";
        return session.Version.Major >= VersionWithMembershipOptions
            ? $"{statement} WITH ADMIN {Word(row.GetBoolean(2))}, INHERIT {Word(row.GetBoolean(3))}, SET {Word(row.GetBoolean(4))};"
            : $"{statement}{(row.GetBoolean(2) ? " WITH ADMIN OPTION" : "")};";
    }

    private static string Word(bool value) => value ? "TRUE" : "FALSE";
}
