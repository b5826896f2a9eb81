using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>The views of a database, a view that another one uses before that.</summary>
internal sealed class Views(ServerSession session, string database, TableCatalog catalog, SchemaAssembly schema)
{
    private static readonly string[] TableKinds = [ObjectKind.Table, ObjectKind.View, ObjectKind.Sequence];

    private readonly Dictionary<string, View> views = new(StringComparer.Ordinal);
    private readonly HashSet<string> begun = new(StringComparer.Ordinal);

    /// <summary>Adds them; the routines must be there.</summary>
    internal async Task AddAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Name, string Owner)> owners = await session.QueryAsync(
            $"SELECT TABLE_NAME, DEFINER FROM information_schema.VIEWS WHERE TABLE_SCHEMA = {SqlText.Value(database)}",
            row => (row.GetString(0), row.GetString(1)),
            cancellationToken);
        Dictionary<string, string> ownerByName = owners.ToDictionary(item => item.Name, item => item.Owner, StringComparer.Ordinal);
        CatalogTable[] all = [.. catalog.All.Where(table => table.IsView)];
        IReadOnlyList<View> shown = await ShowCreate.ReadAsync(
            session,
            "VIEW",
            [.. all.Select(view => view.Name)],
            row => new View(row.GetString(0), ViewDefinition.Read(row.GetString(1), database), row.GetString(2), row.GetString(3)),
            cancellationToken);
        foreach ((CatalogTable table, View view) in all.Zip(shown))
        {
            views[table.Name] = view with { Name = table.Name, Owner = ownerByName.GetValueOrDefault(table.Name, ""), Fault = FaultOf(table) };
        }

        foreach (CatalogTable table in all)
        {
            AddWithNeeds(table.Name);
        }
    }

    /// <summary>Servers say so in place of the comment.</summary>
    private static string FaultOf(CatalogTable view) => view.Comment is "VIEW" or "" ? "" : view.Comment;

    private void AddWithNeeds(string name)
    {
        if (!begun.Add(name))
        {
            return;
        }

        View view = views[name];
        foreach (string need in NeedsOf(view).Where(views.ContainsKey).Order(StringComparer.Ordinal))
        {
            AddWithNeeds(need);
        }

        Add(view);
    }

    /// <summary>The tables that a view uses. A server opens those of its functions, too, when it makes the view.</summary>
    private IEnumerable<string> NeedsOf(View view)
    {
        ObjectReference[] own = [.. view.Definition.References.Where(item => item.Database.Length == 0)];
        return own.Where(item => !item.IsRoutine).Select(item => item.Name)
            .Concat(FunctionText.NamesIn(schema, own.Where(item => item.IsRoutine).Select(item => item.Name)));
    }

    private void Add(View view)
    {
        foreach (string other in view.Definition.References.Select(item => item.Database).Where(other => other.Length > 0).Distinct(StringComparer.Ordinal))
        {
            schema.Warn($"The view '{view.Name}' uses the database '{other}', which this backup does not hold.");
        }

        var options = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [ObjectOption.CharacterSetClient] = view.CharacterSetClient,
            [ObjectOption.CollationConnection] = view.CollationConnection,
        };
        if (view.Fault.Length > 0)
        {
            options[ObjectOption.Invalid] = view.Fault;
            schema.Warn($"The server cannot use the view '{view.Name}': {view.Fault}. Its definition is kept; a restore may not be able to make it.");
        }

        schema.Add(new NewObject(ObjectKind.View, view.Name, SchemaPhase.PostData, view.Definition.Text)
        {
            Owner = view.Owner,
            Options = options,
            DependsOn = view.Definition.References.Where(item => item.Database.Length == 0)
                .SelectMany(item => schema.Find(item.Name, item.IsRoutine ? [ObjectKind.Function] : TableKinds)),
        });
    }
}
