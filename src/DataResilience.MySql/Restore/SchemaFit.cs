using System.Text.RegularExpressions;
using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>
/// Finds what a schema has and the target's server lacks, before anything is made: of the other family or of another version. What
/// depends on an expression only the server can tell, when the object is created.
/// </summary>
internal sealed partial class SchemaFit(ServerSession session, ServerAddress target, TargetOptions options)
{
    private readonly ServerVersion server = session.Version;

    private bool IsFromOther => (options.SourceEngine == DatabaseEngine.MariaDb) != server.IsMariaDb;

    internal async Task<IReadOnlyList<DataResilienceException>> FindAsync(CancellationToken cancellationToken)
    {
        SchemaObject[] tables = [.. options.Objects.Where(item => item.Kind == ObjectKind.Table)];
        List<string> lacks =
        [
            .. options.Objects.SelectMany(KindsLacking),
            .. tables.SelectMany(table => TypesLacking(table).Select(what => $"{what} of the table '{table.Name}'")),
            .. IsFromOther ? options.Objects.SelectMany(FormsLacking) : [],
            .. await EnginesLackingAsync(tables, cancellationToken),
            .. await CollationsLackingAsync(tables, cancellationToken),
            .. await NamesClashingAsync(tables, cancellationToken),
        ];
        return [.. lacks.Distinct(StringComparer.Ordinal).Select(what => Errors.TargetUnfit.Create(target, server, what))];
    }

    private IEnumerable<string> KindsLacking(SchemaObject item)
    {
        bool isOfMariaDb = item.Kind is ObjectKind.Sequence or ObjectKind.Package or ObjectKind.PackageBody
            || (item.Options.GetValueOrDefault(ObjectOption.SqlMode, "").Split(',').Contains("ORACLE") && item.Kind != ObjectKind.Table);
        if (isOfMariaDb && !server.IsMariaDb)
        {
            yield return $"the {ObjectStatement.Describe(item)}";
        }
    }

    private IEnumerable<string> TypesLacking(SchemaObject table)
    {
        foreach (string type in ColumnType().Matches(table.Definition).Select(match => match.Groups["type"].Value.ToLowerInvariant()).Distinct())
        {
            bool isKnown = type switch
            {
                "uuid" => server.IsMariaDbSince(10, 7),
                "inet6" => server.IsMariaDb,
                "inet4" => server.IsMariaDbSince(10, 10),
                "vector" => server.IsMySqlSince(9, 0) || server.IsMariaDbSince(11, 7),
                "geomcollection" => !server.IsMariaDb,
                "xmltype" => server.IsMariaDbSince(12, 2),
                _ => true,
            };
            if (!isKnown)
            {
                yield return $"a column of the type {type}";
            }
        }
    }

    /// <summary>What the other family reads as something else, or passes over without a word.</summary>
    private IEnumerable<string> FormsLacking(SchemaObject item)
    {
        string text = item.Options.GetValueOrDefault(ObjectOption.Clause, item.Definition);
        if (item.Kind is not (ObjectKind.Table or ObjectKind.Index))
        {
            yield break;
        }

        string of = item.Kind == ObjectKind.Table ? $"of the table '{item.Name}'" : $"'{item.Name}' of the table '{item.Table}'";
        (Regex Form, string What, bool OfMySql)[] forms =
        [
            (InvisibleColumn(), "an invisible column or index", true),
            (FunctionalIndex(), "an index on an expression", true),
            (ReferenceSystem(), "a column bound to a spatial reference system", true),
            (Versioning(), "the history of rows", false),
            (Compressed(), "a compressed column", false),
            (Period(), "a period", false),
        ];
        foreach ((Regex form, string what, bool ofMySql) in forms)
        {
            if (ofMySql == server.IsMariaDb && form.IsMatch(text))
            {
                yield return $"{what} {of}";
            }
        }
    }

    private async Task<IReadOnlyList<string>> EnginesLackingAsync(SchemaObject[] tables, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> present = await session.QueryAsync(
            "SELECT CAST(engine AS CHAR) FROM information_schema.engines WHERE support IN ('YES', 'DEFAULT')", row => row.GetString(0), cancellationToken);
        return
        [
            .. tables.SelectMany(table => Engine().Matches(table.Definition).Select(match => (Table: table.Name, Name: match.Groups["name"].Value)))
                .Where(engine => !present.Contains(engine.Name, StringComparer.OrdinalIgnoreCase))
                .Select(engine => $"the storage engine {engine.Name} of the table '{engine.Table}'"),
        ];
    }

    private async Task<IReadOnlyList<string>> CollationsLackingAsync(SchemaObject[] tables, CancellationToken cancellationToken)
    {
        IEnumerable<string> ofDatabase = options.IsPartial ? [] : [new SourceDatabase(options.Properties).Collation];
        IEnumerable<string> names = tables.SelectMany(table => Collation().Matches(table.Definition).Select(match => match.Groups["name"].Value))
            .Concat(ofDatabase.Where(name => name.Length > 0));
        var collations = new KnownCollations();
        foreach (string name in names.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            await collations.TakesAsync(session, name, cancellationToken);
        }

        return [.. collations.Unknown.Select(name => $"the collation {name}")];
    }

    /// <summary>A server that keeps names in small letters takes two that differ in case for one.</summary>
    private async Task<IReadOnlyList<string>> NamesClashingAsync(SchemaObject[] tables, CancellationToken cancellationToken)
    {
        if (await session.ScalarAsync("SELECT CAST(@@lower_case_table_names AS CHAR)", cancellationToken) == "0")
        {
            return [];
        }

        return
        [
            .. tables.Select(table => table.Name).GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1)
                .Select(group => $"tables whose names differ in case only: {string.Join(", ", group.Select(name => $"'{name}'"))}"),
        ];
    }

    // SHOW CREATE TABLE prints a column as a line of its own, its name in backticks.
    [GeneratedRegex(@"^\s*`([^`]|``)*` (?<type>\w+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex ColumnType();

    [GeneratedRegex(@"\bENGINE=(?<name>\w+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Engine();

    [GeneratedRegex(@"\bCOLLATE[ =]`?(?<name>\w+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Collation();

    [GeneratedRegex(@"/\*!80\d+ INVISIBLE \*/", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex InvisibleColumn();

    [GeneratedRegex(@"\bKEY (`([^`]|``)*` )?\(([^()]*,)?\(", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex FunctionalIndex();

    [GeneratedRegex(@"/\*!80003 SRID ", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ReferenceSystem();

    [GeneratedRegex(@"\bWITH SYSTEM VERSIONING\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Versioning();

    [GeneratedRegex(@"/\*M?!100301 COMPRESSED", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Compressed();

    [GeneratedRegex(@"^\s*PERIOD FOR ", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Period();
}
