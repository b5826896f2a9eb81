using System.Text;
using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>The statements that create an object: where it is kept, its definition, its owner.</summary>
internal static class ObjectStatement
{
    // Kinds whose owner is changed by their name alone.
    private static readonly HashSet<string> Named = new(StringComparer.Ordinal)
    {
        "collation", "conversion", "domain", ObjectKind.ForeignTable, ObjectKind.MaterializedView, ObjectKind.Sequence, ObjectKind.Statistics, ObjectKind.Table,
        "text search dictionary", "text search configuration", "type", ObjectKind.View, "schema", ObjectKind.EventTrigger,
        "foreign data wrapper", "server", ObjectKind.Publication, ObjectKind.Subscription, "procedural language",
    };

    // Kinds whose owner is changed by a name and a signature, which only the statement that drops them has.
    private static readonly HashSet<string> Signed = new(StringComparer.Ordinal)
    {
        "aggregate", "function", "operator", "operator class", "operator family", "procedure",
    };

    // Kinds in no schema, although the table of contents may name one.
    private static readonly HashSet<string> WithoutSchema = new(StringComparer.Ordinal)
    {
        "schema", ObjectKind.EventTrigger, "foreign data wrapper", "server", ObjectKind.Publication, ObjectKind.Subscription, "procedural language",
    };

    // Kinds that are kept somewhere, and by which the setting for it is heeded.
    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal)
    {
        ObjectKind.Table, ObjectKind.MaterializedView, ObjectKind.Index, ObjectKind.Constraint,
    };

    /// <summary>Everything that creates one object, as one list of statements that succeeds or fails as a whole.</summary>
    internal static string For(SchemaObject item, bool withOwner)
    {
        var text = new StringBuilder();
        if (Kept.Contains(item.Kind))
        {
            text.Append("SET default_tablespace = ").Append(SqlName.Text(item.Options.GetValueOrDefault(ObjectOption.Tablespace, ""))).Append(";\n");
            text.Append(item.Options.GetValueOrDefault(ObjectOption.AccessMethod) is { Length: > 0 } method
                ? $"SET default_table_access_method = {SqlName.Text(method)};\n"
                : "RESET default_table_access_method;\n");
        }

        text.Append(HasBody(item) ? InBlock(item.Definition) : item.Definition);
        if (item.Options.GetValueOrDefault(ObjectOption.RelationKind) == "p" && item.Options.GetValueOrDefault(ObjectOption.AccessMethod) is { Length: > 0 } own)
        {
            // The setting is for tables that hold rows; what a partitioned table has is the default of its partitions.
            text.Append(";\nALTER TABLE ").Append(SqlName.Quote(item.Schema, item.Name)).Append(" SET ACCESS METHOD ").Append(SqlName.Quote(own));
        }

        if (withOwner && item.Owner.Length > 0)
        {
            foreach (string name in NamesOf(item))
            {
                text.Append(";\nALTER ").Append(name).Append(" OWNER TO ").Append(SqlName.Quote(item.Owner));
            }
        }

        return text.ToString();
    }

    /// <summary>Whether <see cref="For"/> gives it to its owner.</summary>
    internal static bool HasOwner(SchemaObject item) => item.Owner.Length > 0 && NamesOf(item).Any();

    /// <summary>How an object is named to the user.</summary>
    internal static string Describe(SchemaObject item) =>
        item.Schema.Length == 0 ? $"{item.Kind} '{item.Name}'" : $"{item.Kind} '{item.Schema}.{item.Name}'";

    /// <summary>What ALTER … OWNER TO calls what the object is; nothing for what has no owner of its own.</summary>
    private static IEnumerable<string> NamesOf(SchemaObject item)
    {
        const string Word = "DROP ";
        if (item.Kind == ObjectKind.LargeObject)
        {
            return item.Options.GetValueOrDefault(ObjectOption.LargeObjects, item.Name).Split(',').Select(number => $"LARGE OBJECT {number}");
        }

        // What cannot be dropped by itself, such as the sequence of an identity column, has the owner of what it belongs to.
        string drop = item.Options.GetValueOrDefault(ObjectOption.Drop, "");
        if (Signed.Contains(item.Kind) && drop.StartsWith(Word, StringComparison.Ordinal))
        {
            return [drop[Word.Length..].TrimEnd().TrimEnd(';')];
        }

        if (!Named.Contains(item.Kind) || drop.Length == 0)
        {
            return [];
        }

        string name = item.Schema.Length == 0 || WithoutSchema.Contains(item.Kind)
            ? SqlName.Quote(item.Name)
            : SqlName.Quote(item.Schema, item.Name);
        return [$"{item.Kind.ToUpperInvariant()} {name}"];
    }

    /// <summary>
    /// Whether the definition may hold semicolons between its statements, in the body of a function that is written in SQL itself:
    /// the driver would cut it there. It does not look into quotes of any kind, so other definitions pass it whole.
    /// </summary>
    private static bool HasBody(SchemaObject item) =>
        item.Kind is "function" or "procedure" && item.Definition.Contains("ATOMIC", StringComparison.OrdinalIgnoreCase);

    private static string InBlock(string definition)
    {
        string tag = UnusedTag("dr", definition);
        string block = $"BEGIN EXECUTE {tag}{definition}{tag}; END";
        string outer = UnusedTag("outer", block);
        return $"DO LANGUAGE plpgsql {outer}{block}{outer}";
    }

    private static string UnusedTag(string stem, string text)
    {
        string tag = $"${stem}$";
        while (text.Contains(tag, StringComparison.Ordinal))
        {
            stem += "_";
            tag = $"${stem}$";
        }

        return tag;
    }
}
