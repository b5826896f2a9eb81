using DataResilience.Providers;

namespace DataResilience.Sqlite;

/// <summary>Reads columns and keys of tables.</summary>
internal sealed class TableReader : IDisposable
{
    private static readonly string[] RowIdNames = ["rowid", "_rowid_", "oid"];

    private readonly Dictionary<string, TableTraits> traits;
    private readonly SqliteStatement columns;
    private readonly SqliteStatement keyIndexes;
    private readonly Dictionary<string, string> sequences;
    private readonly Dictionary<string, long> estimates;

    internal TableReader(SqliteSession session, Dictionary<string, TableTraits> traits)
    {
        this.traits = traits;
        columns = session.Prepare("SELECT name, type, pk, hidden FROM pragma_table_xinfo(?1, 'main') ORDER BY cid");
        keyIndexes = session.Prepare("SELECT count(*) FROM pragma_index_list(?1, 'main') WHERE origin = 'pk'");
        sequences = SequenceTable.Read(session, traits);
        estimates = RowEstimate.Read(session, traits);
    }

    internal TableSchema Read(string name)
    {
        List<Column> all = ReadColumns(name);
        List<Column> key = [.. all.Where(column => column.KeyPlace > 0).OrderBy(column => column.KeyPlace)];
        TableLayout layout = Layout(name, all, key);
        List<ColumnSchema> stored = [.. all.Where(column => !column.IsGenerated).Select(column => new ColumnSchema(column.Name, column.Type))];
        if (layout.RowIdName is { } rowId)
        {
            stored.Insert(0, new ColumnSchema(rowId, "INTEGER"));
        }

        return new TableSchema
        {
            Name = name,
            Columns = stored,
            KeyColumns = key.Count > 0 ? [.. key.Select(column => column.Name)] : layout.RowIdName is { } only ? [only] : [],
            RowEncodingVersion = RowEncoding.Version,
            Options = layout.ToOptions(),
            EstimatedRows = estimates.TryGetValue(name, out long rows) ? rows : null,
        };
    }

    public void Dispose()
    {
        columns.Dispose();
        keyIndexes.Dispose();
    }

    private TableLayout Layout(string name, List<Column> all, List<Column> key)
    {
        string? sequence = sequences.GetValueOrDefault(name);
        if (traits.GetValueOrDefault(name)?.IsWithoutRowId ?? false)
        {
            return new TableLayout();
        }

        // A primary key that needed no index of its own is the rowid; INTEGER PRIMARY KEY DESC, for one, did need one.
        return key.Count == 1 && !HasKeyIndex(name)
            ? new TableLayout { Alias = key[0].Name, Sequence = sequence }
            : new TableLayout
            {
                RowIdName = RowIdNames.FirstOrDefault(candidate => !all.Exists(column => SqliteName.Same(column.Name, candidate))),
                Sequence = sequence,
            };
    }

    private bool HasKeyIndex(string name)
    {
        keyIndexes.Bind(1, name).Step();
        bool has = keyIndexes.Int64(0) > 0;
        keyIndexes.Reset();
        return has;
    }

    private List<Column> ReadColumns(string name)
    {
        columns.Bind(1, name);
        var found = new List<Column>();
        while (columns.Step())
        {
            found.Add(new Column(columns.Text(0), columns.Text(1), (int)columns.Int64(2), columns.Int64(3) is 2 or 3));
        }

        columns.Reset();
        return found;
    }

    private sealed record Column(string Name, string Type, int KeyPlace, bool IsGenerated);
}
