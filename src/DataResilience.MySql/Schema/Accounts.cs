using DataResilience.Providers;

namespace DataResilience.MySql;

/// <summary>
/// The accounts of a database and what they may do in it. Each grant comes as soon as what it is about is there: to make a view on a
/// view, the server asks whether the other one's definer may read it.
/// </summary>
internal sealed class Accounts
{
    private readonly SchemaAssembly schema;
    private readonly Dictionary<(string Kind, string Name), List<(Account Account, GrantLine Grant)>> onObjects = [];

    private Accounts(SchemaAssembly schema) => this.schema = schema;

    /// <summary>Adds accounts, roles and what holds for the database as a whole, where the backup is to have them.</summary>
    internal static async Task<Accounts> AddAsync(
        ServerSession session, string database, SnapshotOptions options, SchemaAssembly schema, CancellationToken cancellationToken)
    {
        var accounts = new Accounts(schema);
        if (!options.IncludeRoles)
        {
            return accounts;
        }

        try
        {
            IReadOnlyList<Account> owners = await OwnersAsync(session, database, cancellationToken);
            accounts.Add(await AccountCatalog.ReadAsync(session, database, owners, cancellationToken), database, session.Version);
        }
        catch (DataResilienceException refusal) when (AccessDenial.Is(refusal))
        {
            schema.Warn($"The accounts of the database are left out: to read them, the account needs SELECT on the database 'mysql' ({refusal.Message}).");
        }

        return accounts;
    }

    /// <summary>Adds the grants on an object that was just added.</summary>
    internal void AddGrantsOn(SchemaObject item)
    {
        string kind = item.Kind is ObjectKind.Table or ObjectKind.View or ObjectKind.Sequence ? "" : item.Kind.ToUpperInvariant();
        foreach ((Account account, GrantLine grant) in onObjects.GetValueOrDefault((kind, Fold(kind, item.Name))) ?? [])
        {
            schema.Add(new NewObject(ObjectKind.Grant, $"{account} on {item.Name}", SchemaPhase.PostData, grant.Text)
            {
                Table = item.Table,
                DependsOn = [.. schema.Find(account.ToString(), ObjectKind.User), item.Id],
            });
        }
    }

    private static async Task<IReadOnlyList<Account>> OwnersAsync(ServerSession session, string database, CancellationToken cancellationToken)
    {
        return await session.QueryAsync(
            $"""
            SELECT DEFINER FROM information_schema.VIEWS WHERE {CatalogFilter.IsIn("TABLE_SCHEMA", database)}
            UNION SELECT DEFINER FROM information_schema.ROUTINES WHERE {CatalogFilter.IsIn("ROUTINE_SCHEMA", database)}
            UNION SELECT DEFINER FROM information_schema.TRIGGERS WHERE {CatalogFilter.IsIn("TRIGGER_SCHEMA", database)}
            UNION SELECT DEFINER FROM information_schema.EVENTS WHERE {CatalogFilter.IsIn("EVENT_SCHEMA", database)}
            """,
            row => Account.Parse(row.GetString(0)),
            cancellationToken);
    }

    private void Add(AccountCatalog catalog, string database, ServerVersion server)
    {
        var defaults = new List<(Account Account, string Text)>();
        foreach (KnownAccount known in catalog.Accounts)
        {
            var definition = UserDefinition.Read(known.Definition);
            schema.Add(new NewObject(ObjectKind.User, known.Account.ToString(), SchemaPhase.PreData, definition.Text));
            if (definition.DefaultRoles.Length > 0)
            {
                defaults.Add((known.Account, $"ALTER USER {known.Account.Sql} DEFAULT ROLE {definition.DefaultRoles}"));
            }
        }

        foreach (KnownAccount known in catalog.Accounts)
        {
            // A role's lines in MariaDB go on with those of the roles that it has.
            GrantLine[] own = [.. known.Grants.Where(grant => IsFor(grant, known.Account))];
            foreach (GrantLine grant in own.Where(grant => grant.Scope == GrantScope.Database && catalog.Patterns.Contains(grant.Database))
                .OrderByDescending(grant => grant.Exactness).Take(1).Where(grant => grant.GivesRights))
            {
                AddForAccount(known.Account, known.Account.ToString(), grant.Text);
            }

            foreach (GrantLine grant in own)
            {
                Add(known.Account, grant, database, defaults);
            }

            if (own.Any(grant => grant is { Scope: GrantScope.Server, GivesRights: true }))
            {
                schema.Warn($"The account '{known.Account}' has rights on all databases of the server, which are left out.");
            }
        }

        foreach ((Account account, string text) in defaults)
        {
            AddForAccount(account, $"{account} by default", text);
        }
    }

    private void Add(Account account, GrantLine grant, string database, List<(Account Account, string Text)> defaults)
    {
        switch (grant.Scope)
        {
            case GrantScope.Role:
                AddForAccount(account, $"{account} has {grant.ObjectName}", grant.Text);
                break;
            case GrantScope.DefaultRole:
                defaults.Add((account, grant.Text));
                break;
            case GrantScope.Object when grant.Database == database:
                var key = (grant.ObjectType, Fold(grant.ObjectType, grant.ObjectName));
                onObjects.TryAdd(key, []);
                onObjects[key].Add((account, grant));
                break;
            default:
                break;
        }
    }

    private void AddForAccount(Account account, string name, string text) =>
        schema.Add(new NewObject(ObjectKind.Grant, name, SchemaPhase.PreData, text) { DependsOn = schema.Find(account.ToString(), ObjectKind.User) });

    /// <summary>Whether a line is for an account and not for a role that it has.</summary>
    private static bool IsFor(GrantLine grant, Account account)
    {
        var phrase = new SqlPhrase(grant.Text);
        for (int i = phrase.Count - 1; i >= 0; i--)
        {
            if (phrase.IsWord(i, "TO", "FOR"))
            {
                return phrase.NameAt(i + 1) == account.User;
            }
        }

        return false;
    }

    private static string Fold(string kind, string name) => kind.Length == 0 ? name : name.ToUpperInvariant();
}
