using System.Globalization;
using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>The database that was backed up, as its properties in the backup tell it.</summary>
internal sealed class SourceDatabase(IReadOnlyDictionary<string, string> properties)
{
    internal const string Icu = "icu";
    internal const string Builtin = "builtin";
    internal const string DefaultTablespace = "pg_default";

    internal string Encoding => Get(DatabaseProperties.Encoding);

    internal string Collate => Get(DatabaseProperties.Collate);

    internal string Ctype => Get(DatabaseProperties.Ctype);

    /// <summary>Whose collations it has, as CREATE DATABASE says it; the catalog has letters.</summary>
    internal string LocaleProvider => Get(DatabaseProperties.LocaleProvider) switch
    {
        "i" or Icu => Icu,
        "b" or Builtin => Builtin,
        _ => "libc",
    };

    internal string Locale => Get(DatabaseProperties.Locale);

    internal string IcuRules => Get(DatabaseProperties.IcuRules);

    internal string CollationVersion => Get(DatabaseProperties.CollationVersion);

    internal string Tablespace => Get(DatabaseProperties.Tablespace);

    internal string Owner => Get(DatabaseProperties.Owner);

    /// <summary>The roles that its privileges and settings name.</summary>
    internal IEnumerable<string> RolesOfPrivileges =>
        properties.Keys.Select(RoleOf).OfType<string>().Where(role => role.Length > 0).Distinct(StringComparer.Ordinal);

    /// <summary>What those need who own something in the database, before anything is in it. Nothing is revoked.</summary>
    internal IReadOnlyList<string> FirstStatements(string database, TargetOptions options)
    {
        string name = SqlName.Quote(database);
        return [.. OwnerStatements(name, options), .. options.NoPrivileges ? [] : Grants(name)];
    }

    /// <summary>What a finished database is given under its final name.</summary>
    internal IReadOnlyList<string> Statements(string database, TargetOptions options)
    {
        string name = SqlName.Quote(database);
        return
        [
            .. OwnerStatements(name, options),
            .. options.NoPrivileges ? [] : GrantStatements(name),
            .. SettingStatements(name, withRoles: !options.NoPrivileges),
            .. AttributeStatements(name),
        ];
    }

    private static string? RoleOf(string property) =>
        After(property, DatabaseProperties.GrantPrefix) ?? After(property, DatabaseProperties.GrantOptionPrefix)
        ?? (After(property, DatabaseProperties.SettingPrefix) is { } setting && setting.IndexOf('@', StringComparison.Ordinal) is var place and >= 0
            ? setting[(place + 1)..]
            : null);

    private static string? After(string text, string prefix) => text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : null;

    private IEnumerable<string> OwnerStatements(string name, TargetOptions options)
    {
        if (Owner.Length > 0 && !options.NoOwner)
        {
            yield return $"ALTER DATABASE {name} OWNER TO {SqlName.Quote(Owner)}";
        }
    }

    /// <summary>None are kept where the database has those of a new one.</summary>
    private IEnumerable<string> GrantStatements(string name)
    {
        if (Get(DatabaseProperties.Acl).Length == 0)
        {
            yield break;
        }

        yield return $"REVOKE ALL ON DATABASE {name} FROM PUBLIC";
        if (Owner.Length > 0)
        {
            yield return $"REVOKE ALL ON DATABASE {name} FROM {SqlName.Quote(Owner)}";
        }

        foreach (string grant in Grants(name))
        {
            yield return grant;
        }
    }

    private IEnumerable<string> Grants(string name)
    {
        foreach ((string property, string privileges) in properties.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if ((After(property, DatabaseProperties.GrantPrefix) ?? After(property, DatabaseProperties.GrantOptionPrefix)) is { } role)
            {
                string grantee = role.Length == 0 ? "PUBLIC" : SqlName.Quote(role);
                string option = After(property, DatabaseProperties.GrantOptionPrefix) is null ? "" : " WITH GRANT OPTION";
                yield return $"GRANT {privileges} ON DATABASE {name} TO {grantee}{option}";
            }
        }
    }

    private IEnumerable<string> SettingStatements(string name, bool withRoles)
    {
        foreach ((string property, string value) in properties.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (After(property, DatabaseProperties.SettingPrefix) is not { } setting)
            {
                continue;
            }

            string[] parts = setting.Split('@', 2);
            if (parts.Length == 1)
            {
                yield return $"ALTER DATABASE {name} SET {SqlName.Quote(parts[0])} TO {value}";
            }
            else if (withRoles)
            {
                yield return $"ALTER ROLE {SqlName.Quote(parts[1])} IN DATABASE {name} SET {SqlName.Quote(parts[0])} TO {value}";
            }
        }
    }

    private IEnumerable<string> AttributeStatements(string name)
    {
        foreach ((string property, string label) in properties.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (After(property, DatabaseProperties.SecurityLabelPrefix) is { } provider)
            {
                yield return $"SECURITY LABEL FOR {SqlName.Quote(provider)} ON DATABASE {name} IS {SqlName.Text(label)}";
            }
        }

        if (Get(DatabaseProperties.Comment) is { Length: > 0 } comment)
        {
            yield return $"COMMENT ON DATABASE {name} IS {SqlName.Text(comment)}";
        }

        if (int.TryParse(Get(DatabaseProperties.ConnectionLimit), CultureInfo.InvariantCulture, out int limit) && limit >= 0)
        {
            yield return $"ALTER DATABASE {name} CONNECTION LIMIT {Get(DatabaseProperties.ConnectionLimit)}";
        }

        if (Get(DatabaseProperties.IsTemplate) == "true")
        {
            yield return $"ALTER DATABASE {name} IS_TEMPLATE true";
        }

        if (Get(DatabaseProperties.AllowConnections) == "false")
        {
            yield return $"ALTER DATABASE {name} ALLOW_CONNECTIONS false";
        }
    }

    private string Get(string name) => properties.GetValueOrDefault(name, "");
}
