using System.Text;

namespace DataResilience.PostgreSql;

/// <summary>The statement that makes an empty database like the one that was backed up.</summary>
internal static class DatabaseDefinition
{
    /// <summary>Writes the statement.</summary>
    /// <param name="name">The database to make.</param>
    /// <param name="source">The database that was backed up.</param>
    /// <param name="server">The target's version.</param>
    internal static string Statement(string name, SourceDatabase source, Version server)
    {
        // Only template0 may be copied into another encoding or collation, and nobody added anything to it.
        var text = new StringBuilder($"CREATE DATABASE {SqlName.Quote(name)} TEMPLATE template0");
        Add(text, "ENCODING", source.Encoding);
        if (server.Major >= 15)
        {
            // Said always: a server has its own default, which older sources did not know.
            text.Append(" LOCALE_PROVIDER ").Append(source.LocaleProvider);
        }

        Add(text, "LC_COLLATE", source.Collate);
        Add(text, "LC_CTYPE", source.Ctype);
        if (source.LocaleProvider == SourceDatabase.Icu)
        {
            Add(text, "ICU_LOCALE", source.Locale);
            if (server.Major >= 16)
            {
                Add(text, "ICU_RULES", source.IcuRules);
            }
        }
        else if (source.LocaleProvider == SourceDatabase.Builtin)
        {
            Add(text, "BUILTIN_LOCALE", source.Locale);
        }

        if (source.Tablespace is { Length: > 0 } tablespace && tablespace != SourceDatabase.DefaultTablespace)
        {
            text.Append(" TABLESPACE ").Append(SqlName.Quote(tablespace));
        }

        return text.ToString();
    }

    private static void Add(StringBuilder text, string option, string value)
    {
        if (value.Length > 0)
        {
            text.Append(' ').Append(option).Append(' ').Append(SqlName.Text(value));
        }
    }
}
