namespace DataResilience.MySql;

/// <summary>The accounts that have to do with a database, with what SHOW GRANTS says of each.</summary>
/// <param name="Accounts">Accounts and roles, a role before those that have it, each with the statement that makes it.</param>
/// <param name="Patterns">The names and patterns of databases, as they stand in grants, that mean this one.</param>
internal sealed record AccountCatalog(IReadOnlyList<KnownAccount> Accounts, IReadOnlySet<string> Patterns)
{
    // Accounts of the server itself, which nobody logs in as.
    private static readonly string[] OfServer = ["mysql.sys", "mysql.session", "mysql.infoschema", "mariadb.sys"];

    /// <summary>Reads them, which takes the right to read the database mysql.</summary>
    /// <param name="session">Where.</param>
    /// <param name="database">The database.</param>
    /// <param name="owners">Who defined its objects.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static async Task<AccountCatalog> ReadAsync(
        ServerSession session, string database, IReadOnlyList<Account> owners, CancellationToken cancellationToken)
    {
        string name = SqlText.Value(database);
        IReadOnlyList<string> patterns = await session.QueryAsync(
            $"SELECT DISTINCT Db FROM mysql.db WHERE {name} LIKE Db", row => row.GetString(0), cancellationToken);
        IReadOnlyList<Account> grantees = await session.QueryAsync(
            $"""
            SELECT User, Host FROM mysql.db WHERE {name} LIKE Db
            UNION SELECT User, Host FROM mysql.tables_priv WHERE Db = {name}
            UNION SELECT User, Host FROM mysql.columns_priv WHERE Db = {name}
            UNION SELECT User, Host FROM mysql.procs_priv WHERE Db = {name}
            """,
            row => new Account(row.GetString(0), row.GetString(1)),
            cancellationToken);
        IReadOnlyList<(Account Account, Account Role)> memberships = await session.QueryAsync(
            session.Version.IsMariaDb
                ? "SELECT User, Host, Role, '' FROM mysql.roles_mapping"
                : "SELECT TO_USER, TO_HOST, FROM_USER, FROM_HOST FROM mysql.role_edges",
            row => (new Account(row.GetString(0), row.GetString(1)), new Account(row.GetString(2), row.GetString(3))),
            cancellationToken);
        Dictionary<Account, bool> present = (await session.QueryAsync(
            session.Version.IsMariaDb ? "SELECT User, Host, is_role = 'Y' FROM mysql.user" : "SELECT User, Host, 0 FROM mysql.user",
            row => (Account: new Account(row.GetString(0), row.GetString(1)), IsRole: row.GetInt32(2) != 0),
            cancellationToken)).ToDictionary(item => item.Account, item => item.IsRole);

        var order = new List<Account>();
        ILookup<Account, Account> rolesOf = memberships.ToLookup(item => item.Account, item => item.Role);
        foreach (Account account in grantees.Concat(owners).OrderBy(account => account.ToString(), StringComparer.Ordinal))
        {
            AddWithRoles(account, rolesOf, order);
        }

        var known = new List<KnownAccount>();
        foreach (Account account in order.Where(account => present.ContainsKey(account) && !OfServer.Contains(account.User)))
        {
            known.Add(await DescribeAsync(session, account, present[account], cancellationToken));
        }

        return new AccountCatalog(known, patterns.ToHashSet(StringComparer.Ordinal));
    }

    private static void AddWithRoles(Account account, ILookup<Account, Account> rolesOf, List<Account> order)
    {
        var open = new Stack<(Account Account, bool AreRolesDone)>([(account, false)]);
        var begun = new HashSet<Account>(order);
        while (open.TryPop(out (Account Account, bool AreRolesDone) next))
        {
            if (next.AreRolesDone)
            {
                order.Add(next.Account);
            }
            else if (begun.Add(next.Account))
            {
                open.Push((next.Account, true));
                foreach (Account role in rolesOf[next.Account])
                {
                    open.Push((role, false));
                }
            }
        }
    }

    private static async Task<KnownAccount> DescribeAsync(ServerSession session, Account account, bool isRole, CancellationToken cancellationToken)
    {
        string definition = isRole
            ? $"CREATE ROLE IF NOT EXISTS {account.Sql}"
            : await session.ScalarAsync($"SHOW CREATE USER {account.Sql}", cancellationToken) ?? "";
        IReadOnlyList<string> grants = await session.QueryAsync($"SHOW GRANTS FOR {account.Sql}", row => row.GetString(0), cancellationToken);
        return new KnownAccount(account, definition, [.. grants.Select(GrantLine.Read)]);
    }
}
