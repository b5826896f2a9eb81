namespace DataResilience.PostgreSql;

/// <summary>
/// What the database has as a whole, by the names of the options of CREATE DATABASE where there is one. Names that end in @… hold one
/// entry for each role, setting or extension.
/// </summary>
internal static class DatabaseProperties
{
    internal const string ServerVersion = "server_version";
    internal const string Encoding = "encoding";
    internal const string Owner = "owner";
    internal const string Tablespace = "tablespace";
    internal const string Comment = "comment";
    internal const string Acl = "acl";
    internal const string Collate = "lc_collate";
    internal const string Ctype = "lc_ctype";
    internal const string LocaleProvider = "locale_provider";
    internal const string Locale = "locale";
    internal const string IcuRules = "icu_rules";
    internal const string CollationVersion = "collation_version";
    internal const string ConnectionLimit = "connection_limit";
    internal const string IsTemplate = "is_template";
    internal const string AllowConnections = "allow_connections";

    /// <summary><c>setting@name</c>, or <c>setting@name@role</c> for one role in the database: what stands behind SET name TO.</summary>
    internal const string SettingPrefix = "setting@";

    /// <summary><c>grant@role</c>, an empty role for all: the privileges, with commas between.</summary>
    internal const string GrantPrefix = "grant@";

    /// <summary><c>grant option@role</c>: the privileges that the role may grant on.</summary>
    internal const string GrantOptionPrefix = "grant option@";

    /// <summary><c>extension@name</c>: its version.</summary>
    internal const string ExtensionPrefix = "extension@";

    /// <summary><c>security label@provider</c>.</summary>
    internal const string SecurityLabelPrefix = "security label@";

    private const string OfCatalog =
        """
        SELECT e.key, e.value
        FROM pg_catalog.pg_database AS d CROSS JOIN LATERAL pg_catalog.jsonb_each_text(pg_catalog.to_jsonb(d)) AS e
        WHERE d.datname = pg_catalog.current_database() AND e.value IS NOT NULL
        """;

    private const string Named =
        """
        SELECT pg_catalog.pg_encoding_to_char(d.encoding)::pg_catalog.text, pg_catalog.pg_get_userbyid(d.datdba)::pg_catalog.text,
            t.spcname::pg_catalog.text, pg_catalog.shobj_description(d.oid, 'pg_database'), d.datacl::pg_catalog.text,
            pg_catalog.current_setting('server_version')
        FROM pg_catalog.pg_database AS d JOIN pg_catalog.pg_tablespace AS t ON t.oid = d.dattablespace
        WHERE d.datname = pg_catalog.current_database()
        """;

    private const string Grants =
        """
        SELECT coalesce(r.rolname::pg_catalog.text, ''), g.is_grantable, pg_catalog.string_agg(g.privilege_type, ',' ORDER BY g.privilege_type)
        FROM pg_catalog.pg_database AS d
        CROSS JOIN LATERAL pg_catalog.aclexplode(d.datacl) AS g
        LEFT JOIN pg_catalog.pg_roles AS r ON r.oid = g.grantee
        WHERE d.datname = pg_catalog.current_database() AND (g.grantee = 0 OR r.oid IS NOT NULL)
        GROUP BY 1, 2
        """;

    private const string Settings =
        """
        SELECT coalesce(r.rolname::pg_catalog.text, ''), c.line
        FROM pg_catalog.pg_db_role_setting AS s
        JOIN pg_catalog.pg_database AS d ON d.oid = s.setdatabase AND d.datname = pg_catalog.current_database()
        LEFT JOIN pg_catalog.pg_roles AS r ON r.oid = s.setrole
        CROSS JOIN LATERAL pg_catalog.unnest(s.setconfig) AS c (line)
        WHERE s.setrole = 0 OR r.oid IS NOT NULL
        """;

    private const string Pairs =
        $"""
        SELECT '{ExtensionPrefix}' || extname, extversion FROM pg_catalog.pg_extension
        UNION ALL
        SELECT '{SecurityLabelPrefix}' || l.provider, l.label
        FROM pg_catalog.pg_shseclabel AS l
        JOIN pg_catalog.pg_database AS d ON d.oid = l.objoid AND d.datname = pg_catalog.current_database()
        WHERE l.classoid = 'pg_catalog.pg_database'::pg_catalog.regclass
        """;

    /// <summary>The columns of pg_database by the names of their options; 17 has one column for the locale of ICU and its own.</summary>
    private static readonly (string Column, string Name)[] Columns =
    [
        ("datcollate", Collate), ("datctype", Ctype), ("datlocprovider", LocaleProvider), ("daticulocale", Locale),
        ("datlocale", Locale), ("daticurules", IcuRules), ("datcollversion", CollationVersion),
        ("datconnlimit", ConnectionLimit), ("datistemplate", IsTemplate), ("datallowconn", AllowConnections),
    ];

    internal static async Task<Dictionary<string, string>> ReadAsync(ServerSession session, CancellationToken cancellationToken)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        await ReadCatalogAsync(session, properties, cancellationToken);
        foreach ((string role, bool isGrantable, string privileges) in await session.QueryAsync(
            Grants, row => (row.GetString(0), row.GetBoolean(1), row.GetString(2)), cancellationToken))
        {
            properties[(isGrantable ? GrantOptionPrefix : GrantPrefix) + role] = privileges;
        }

        foreach ((string role, string line) in await session.QueryAsync(
            Settings, row => (row.GetString(0), row.GetString(1)), cancellationToken))
        {
            ServerSetting setting = ServerSetting.Parse(line);
            properties[SettingPrefix + setting.Name + (role.Length == 0 ? "" : $"@{role}")] = setting.Sql;
        }

        foreach ((string name, string value) in await session.QueryAsync(
            Pairs, row => (row.GetString(0), row.GetString(1)), cancellationToken))
        {
            properties[name] = value;
        }

        return properties;
    }

    private static async Task ReadCatalogAsync(ServerSession session, Dictionary<string, string> properties, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Key, string Value)> columns = await session.QueryAsync(
            OfCatalog, row => (row.GetString(0), row.GetString(1)), cancellationToken);
        Dictionary<string, string> byColumn = columns.ToDictionary(item => item.Key, item => item.Value, StringComparer.Ordinal);
        foreach ((string column, string name) in Columns)
        {
            if (byColumn.TryGetValue(column, out string? value))
            {
                properties[name] = value;
            }
        }

        string[] names = [Encoding, Owner, Tablespace, Comment, Acl, ServerVersion];
        IReadOnlyList<string?[]> rows = await session.QueryAsync(
            Named, row => Enumerable.Range(0, names.Length).Select(i => row.IsDBNull(i) ? null : row.GetString(i)).ToArray(), cancellationToken);
        foreach ((string name, string? value) in names.Zip(rows[0]))
        {
            if (value is not null)
            {
                properties[name] = value;
            }
        }
    }
}
