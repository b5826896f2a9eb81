using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>The database that was backed up, as its properties in the backup tell it.</summary>
internal sealed class SourceDatabase(IReadOnlyDictionary<string, string> properties)
{
    internal const string Icu = "icu";
    internal const string Builtin = "builtin";
    internal const string DefaultTablespace = "pg_default";

    internal string Encoding => Get("encoding");

    internal string Collate => Get("lc_collate");

    internal string Ctype => Get("lc_ctype");

    internal string LocaleProvider => Get("locale_provider") is { Length: > 0 } provider ? provider : "libc";

    internal string Locale => Get("locale");

    internal string IcuRules => Get("icu_rules");

    internal string CollationVersion => Get("collation_version");

    internal string Tablespace => Get("tablespace");

    internal string Owner => Get("owner");

    internal string Comment => Get("comment");

    /// <summary>What a finished database is given under its final name.</summary>
    internal IReadOnlyList<string> Statements(string database, TargetOptions options)
    {
        string name = SqlName.Quote(database);
        var statements = new List<string>();
        if (Comment.Length > 0)
        {
            statements.Add($"COMMENT ON DATABASE {name} IS {SqlName.Text(Comment)}");
        }

        if (Owner.Length > 0 && !options.NoOwner)
        {
            statements.Add($"ALTER DATABASE {name} OWNER TO {SqlName.Quote(Owner)}");
        }

        return statements;
    }

    private string Get(string name) => properties.GetValueOrDefault(name, "");
}
