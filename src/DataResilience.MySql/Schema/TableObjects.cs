using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>The tables of a database: how their rows are read, and the objects that make them, with their indexes and foreign keys.</summary>
internal sealed class TableObjects
{
    private readonly ServerSession session;
    private readonly string database;
    private readonly SnapshotOptions options;
    private readonly TableCatalog catalog;
    private readonly SchemaAssembly schema;
    private readonly List<TableSchema> tables = [];
    private readonly List<(CatalogTable Table, TableElement Element)> late = [];

    internal TableObjects(ServerSession session, string database, SnapshotOptions options, TableCatalog catalog, SchemaAssembly schema) =>
        (this.session, this.database, this.options, this.catalog, this.schema) = (session, database, options, catalog, schema);

    /// <summary>The tables that have rows of their own; all of them, also those that are not taken.</summary>
    internal IReadOnlyList<TableSchema> Tables => tables;

    /// <summary>Adds the tables themselves. What is made after the rows is kept for later.</summary>
    internal async Task AddTablesAsync(CancellationToken cancellationToken)
    {
        CatalogTable[] all = [.. catalog.All.Where(table => table.IsTable)];
        CatalogTable[] taken = [.. all.Where(IsTaken)];
        IReadOnlyList<string> definitions = await ShowCreate.ReadAsync(
            session, "TABLE", [.. taken.Select(table => table.Name)], row => row.GetString(1), cancellationToken);
        Dictionary<string, string> byName = taken.Zip(definitions).ToDictionary(pair => pair.First.Name, pair => pair.Second, StringComparer.Ordinal);
        CatalogTable[] unions = [.. all.Where(table => table.IsUnion)];
        foreach (CatalogTable table in all.Except(unions).Concat(unions))
        {
            Add(table, byName.GetValueOrDefault(table.Name));
        }
    }

    /// <summary>Adds what is made after the rows: the indexes of all tables, then their foreign keys.</summary>
    internal void AddLate()
    {
        foreach ((CatalogTable table, TableElement element) in late.Where(item => item.Element.IsIndex))
        {
            schema.Add(Late(table, element, ObjectKind.Index));
        }

        foreach ((CatalogTable table, TableElement element) in late.Where(item => !item.Element.IsIndex))
        {
            NewObject key = Late(table, element, ObjectKind.ForeignKey);
            if (element.ReferencedDatabase.Length > 0)
            {
                schema.Warn($"The foreign key '{element.Name}' of the table '{table.Name}' refers to the database '{element.ReferencedDatabase}', which this backup does not hold.");
                schema.Add(key);
                continue;
            }

            schema.Add(key with
            {
                Options = new Dictionary<string, string>(key.Options, StringComparer.Ordinal) { [ObjectOption.References] = element.ReferencedTable },
                DependsOn = [.. IndexesOf(table.Name), .. schema.Find(element.ReferencedTable, ObjectKind.Table), .. IndexesOf(element.ReferencedTable)],
            });
        }
    }

    private bool IsTaken(CatalogTable table) => options.TakesTable is not { } takes || takes([table.Name]);

    private void Add(CatalogTable table, string? text)
    {
        TableDefinition? definition = text is null ? null : TableDefinition.Read(OwnName.Remove(text, database));
        TableElement? rowKey = definition is null ? null : RowKey.Of(definition);
        if (table.HasRows)
        {
            tables.Add(Schema(table, rowKey));
        }

        if (text is null)
        {
            schema.Add(Object(table, "", []));
            return;
        }

        if (definition is null)
        {
            throw Errors.FeatureUnsupported.Create(session.Address, $"the definition of the table '{table.Name}' has a form that is not known");
        }

        CheckColumns(table, definition);
        IReadOnlySet<TableElement> later = LateElements.Of(definition, table, rowKey);
        late.AddRange(definition.Elements.Where(later.Contains).Select(element => (table, element)));
        TableTail tail = TableTail.Read(definition.Tail);
        foreach (string sentence in TableWarnings.Of(table, catalog.ColumnsOf(table), tail, session.Version))
        {
            schema.Warn(sentence);
        }

        schema.Add(Object(table, definition.With(element => !later.Contains(element)), NeedsOf(definition, tail)));
    }

    private static NewObject Object(CatalogTable table, string definition, IEnumerable<int> needs) =>
        new(ObjectKind.Table, table.Name, SchemaPhase.PreData, definition) { Table = table.Name, DependsOn = needs };

    private static NewObject Late(CatalogTable table, TableElement element, string kind) =>
        new(kind, element.Name, SchemaPhase.PostData, $"ALTER TABLE {SqlText.Name(table.Name)} ADD {element.Text}")
        {
            Table = table.Name,
            Options = new Dictionary<string, string>(StringComparer.Ordinal) { [ObjectOption.Clause] = element.Text },
        };

    /// <summary>The sequences that defaults count by, and the tables that a MERGE table shows.</summary>
    private IEnumerable<int> NeedsOf(TableDefinition definition, TableTail tail) =>
        definition.Columns.SelectMany(column => SequencesIn(column.Text)).Concat(tail.Union).SelectMany(name => schema.Find(name, ObjectKind.Sequence, ObjectKind.Table));

    private static IEnumerable<string> SequencesIn(string column)
    {
        var phrase = new SqlPhrase(column);
        for (int i = 0; i < phrase.Count; i++)
        {
            if (phrase.IsWord(i, "NEXTVAL", "LASTVAL") && phrase.NameAt(i + 2) is { } name)
            {
                yield return name;
            }
        }
    }

    /// <summary>The table and the indexes made after its rows, which a foreign key may need.</summary>
    private IEnumerable<int> IndexesOf(string table) => schema.Objects
        .Where(item => item.Table == table && item.Kind is ObjectKind.Table or ObjectKind.Index)
        .Select(item => item.Id);

    /// <summary>The catalog hides columns that the account has no right on: rows without them would be lost in part.</summary>
    private void CheckColumns(CatalogTable table, TableDefinition definition)
    {
        HashSet<string> seen = [.. catalog.ColumnsOf(table).Select(column => column.Name)];
        if (definition.Columns.FirstOrDefault(column => !seen.Contains(column.Name)) is { } hidden)
        {
            throw Errors.PermissionDenied.Create(session.Address, $"the column '{hidden.Name}' of the table '{table.Name}' may not be read");
        }
    }

    private TableSchema Schema(CatalogTable table, TableElement? rowKey)
    {
        IReadOnlyList<CatalogColumn> columns = catalog.ColumnsOf(table);
        var history = RowHistory.Of(table, columns, session.Version);
        var tableOptions = new Dictionary<string, string>(StringComparer.Ordinal) { [TableOption.StorageEngine] = table.Engine };
        if (history.IsKept)
        {
            tableOptions[TableOption.SystemVersioned] = "";
        }

        string[] key = [.. rowKey?.KeyParts.OfType<string>() ?? []];
        return new TableSchema
        {
            Name = table.Name,
            Columns = [.. columns.Where(column => !column.IsGenerated).Select(Column), .. history.Columns],
            KeyColumns = key.Length == 0 ? [] : [.. key.Union(history.KeyColumns, StringComparer.Ordinal)],
            RowEncodingVersion = MySqlRowFormat.CurrentVersion,
            Options = tableOptions,
            EstimatedRows = table.Rows is { } rows ? Math.Max(rows, 0) : null,
        };
    }

    private ColumnSchema Column(CatalogColumn column) =>
        new(column.Name, column.Type, ColumnEncoding.Of(column.DataType, column.ColumnType, session.Version));
}
