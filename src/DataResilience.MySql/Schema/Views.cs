using DataResilience.Providers;
using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>The views of a database, a view that another one uses before that.</summary>
internal sealed class Views(ServerSession session, string database, TableCatalog catalog, SchemaAssembly schema, Accounts accounts)
{
    private static readonly string[] TableKinds = [ObjectKind.Table, ObjectKind.View, ObjectKind.Sequence];

    private readonly Dictionary<string, View> views = new(StringComparer.Ordinal);
    private readonly HashSet<string> begun = new(StringComparer.Ordinal);

    /// <summary>Adds them; the routines must be there.</summary>
    internal async Task AddAsync(CancellationToken cancellationToken)
    {
        CatalogTable[] all = [.. catalog.All.Where(table => table.IsView)];
        IReadOnlyList<View?> shown = await ShowAsync([.. all.Select(view => view.Name)], cancellationToken);
        foreach ((CatalogTable table, View? view) in all.Zip(shown))
        {
            if (view is not null)
            {
                views[table.Name] = view with { Name = table.Name, Owner = catalog.OwnerOf(table), Fault = FaultOf(table) };
            }
        }

        foreach (string name in all.Select(table => table.Name).Where(views.ContainsKey))
        {
            AddWithNeeds(name);
        }
    }

    /// <summary>MariaDB cannot print some views that it has made, for example with names of common table expressions that need quotes.</summary>
    private async Task<IReadOnlyList<View?>> ShowAsync(string[] names, CancellationToken cancellationToken)
    {
        View Read(MySqlDataReader row) => new(row.GetString(0), ViewDefinition.Read(row.GetString(1), database), row.GetString(2), row.GetString(3));
        try
        {
            return await ShowCreate.ReadAsync(session, "VIEW", names, Read, cancellationToken);
        }
        catch (DataResilienceException refusal) when (refusal.ErrorCode == Errors.ServerRefused.Code && !AccessDenial.Is(refusal))
        {
            return await ShowCreate.ReadEachAsync(
                session,
                "VIEW",
                names,
                Read,
                (name, reason) => schema.Warn($"The view '{name}' is left out: the server cannot print its definition ({reason})."),
                cancellationToken);
        }
    }

    /// <summary>Servers say so in place of the comment; MariaDB not always, but then it shows no columns.</summary>
    private string FaultOf(CatalogTable view)
    {
        if (view.Comment is not ("VIEW" or ""))
        {
            return view.Comment;
        }

        return catalog.ColumnsOf(view).Count > 0 ? "" : "it uses what is not there, or what its definer may not use";
    }

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

        accounts.AddGrantsOn(schema.Add(new NewObject(ObjectKind.View, view.Name, SchemaPhase.PostData, view.Definition.Text)
        {
            Owner = view.Owner,
            Options = options,
            DependsOn = view.Definition.References.Where(item => item.Database.Length == 0)
                .SelectMany(item => schema.Find(item.Name, item.IsRoutine ? [ObjectKind.Function] : TableKinds)),
        }));
    }
}
