using DataResilience.Providers;

namespace DataResilience.Sqlite;

/// <summary>How the rows of a table are identified, as kept in <see cref="TableSchema.Options"/>.</summary>
internal sealed record TableLayout
{
    private const string RowIdOption = "rowid";
    private const string AliasOption = "rowid_alias";
    private const string SequenceOption = "sequence";

    /// <summary>The name under which the rowid is read as first pseudo-column; null where a row holds none.</summary>
    internal string? RowIdName { get; init; }

    /// <summary>The column that is the rowid (INTEGER PRIMARY KEY); null where there is none.</summary>
    internal string? Alias { get; init; }

    /// <summary>What sqlite_sequence holds for an AUTOINCREMENT table; null where it holds nothing.</summary>
    internal string? Sequence { get; init; }

    /// <summary>The name by which a statement finds rows by rowid; null for WITHOUT ROWID and where all its names are taken.</summary>
    internal string? Locator => RowIdName ?? Alias;

    internal static TableLayout Of(TableSchema table) => new()
    {
        RowIdName = table.Options.GetValueOrDefault(RowIdOption),
        Alias = table.Options.GetValueOrDefault(AliasOption),
        Sequence = table.Options.GetValueOrDefault(SequenceOption),
    };

    internal Dictionary<string, string> ToOptions()
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(options, RowIdOption, RowIdName);
        Add(options, AliasOption, Alias);
        Add(options, SequenceOption, Sequence);
        return options;
    }

    private static void Add(Dictionary<string, string> options, string name, string? value)
    {
        if (value is not null)
        {
            options.Add(name, value);
        }
    }
}
