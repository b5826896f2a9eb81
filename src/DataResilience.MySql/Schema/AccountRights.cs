namespace DataResilience.MySql;

/// <summary>What the account of a session may do: servers hide what an account has no right on, instead of refusing.</summary>
internal sealed class AccountRights
{
    private readonly IReadOnlyList<GrantLine> grants;
    private readonly ServerVersion server;

    private AccountRights(IReadOnlyList<GrantLine> grants, ServerVersion server) => (this.grants, this.server) = (grants, server);

    internal static async Task<AccountRights> ReadAsync(ServerSession session, CancellationToken cancellationToken)
    {
        // MySQL leaves out what comes by roles unless they are named; MariaDB shows it.
        string roles = session.Version.IsMariaDb ? "NONE" : await session.ScalarAsync("SELECT CURRENT_ROLE()", cancellationToken) ?? "NONE";
        string query = roles == "NONE" ? "SHOW GRANTS" : $"SHOW GRANTS FOR CURRENT_USER() USING {roles}";
        return new AccountRights(
            await session.QueryAsync(query, row => GrantLine.Read(row.GetString(0)), cancellationToken), session.Version);
    }

    /// <summary>Which objects a backup may lack without anything being refused, each a sentence for the user.</summary>
    internal IEnumerable<string> WhatMayBeHidden(string database)
    {
        foreach ((string kind, string[] rights) in ((string, string[])[])
        [
            ("tables", ["SELECT"]),
            ("views", ["SELECT", "SHOW VIEW"]),
            ("triggers", ["TRIGGER"]),
            ("events", ["EVENT"]),
            ("routines", ["EXECUTE", "ALTER ROUTINE", "CREATE ROUTINE"]),
        ])
        {
            if (!rights.Any(right => Has(right, database)) && !(kind == "routines" && SeesAllRoutines))
            {
                yield return $"The account has no {string.Join(" or ", rights)} on the database '{database}' as a whole: the server hides {kind} that it has no right on, and the backup does not hold those.";
            }
        }
    }

    private bool SeesAllRoutines => server.IsMariaDb
        ? Has("SELECT", "mysql") || Has("SHOW CREATE ROUTINE", "mysql")
        : grants.Any(grant => grant.Scope == GrantScope.Server && grant.Privileges.Any(privilege => privilege is "SHOW_ROUTINE" or "SELECT"));

    private bool Has(string right, string database) => grants.Any(grant =>
        (grant.Scope == GrantScope.Server || (grant.Scope == GrantScope.Database && NamePattern.Matches(grant.Database, database)))
        && grant.Privileges.Any(privilege => privilege == right || privilege == "ALL PRIVILEGES"));
}
