using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>The roles that a restore needs, which no database holds: they are the server's.</summary>
internal sealed class RestoreRoles(TargetOptions options)
{
    // Kinds whose definitions name roles that are not privileges.
    private static readonly HashSet<string> NameRoles = new(StringComparer.Ordinal) { ObjectKind.Policy, "user mapping" };

    private readonly SourceDatabase source = new(options.Properties);

    /// <summary>The needed roles that the server does not have.</summary>
    internal async Task<IReadOnlyList<string>> FindMissingAsync(ServerSession session, CancellationToken cancellationToken)
    {
        string[] needed = [.. Needed().Distinct(StringComparer.Ordinal)];
        IReadOnlyList<string> present = await session.QueryAsync(
            "SELECT rolname::pg_catalog.text FROM pg_catalog.pg_roles WHERE rolname = ANY ($1)", row => row.GetString(0), cancellationToken, [needed]);
        return [.. needed.Except(present, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>The statement list that makes a role; empty where the backup has only its name.</summary>
    internal string DefinitionOf(string role) => options.Properties.GetValueOrDefault(RoleProperties.RolePrefix + role, "");

    /// <summary>Makes roles, and then makes them members of others.</summary>
    internal async Task CreateAsync(ServerSession session, IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        foreach (string role in roles)
        {
            await session.ExecuteAsync(DefinitionOf(role), cancellationToken);
        }

        foreach (string membership in options.Properties.Where(IsMembership).Select(pair => pair.Value))
        {
            if (roles.Any(role => membership.Contains($" TO {SqlName.Quote(role)}", StringComparison.Ordinal)))
            {
                await session.ExecuteAsync(membership, cancellationToken);
            }
        }
    }

    private static bool IsMembership(KeyValuePair<string, string> property) =>
        property.Key.StartsWith(RoleProperties.MembershipPrefix, StringComparison.Ordinal);

    private IEnumerable<string> Needed()
    {
        bool isWhole = !options.IsPartial;
        if (!options.IncludesSchema)
        {
            yield break;
        }

        foreach (string owner in options.NoOwner ? [] : options.Objects.Select(item => item.Owner).Append(isWhole ? source.Owner : ""))
        {
            if (owner.Length > 0)
            {
                yield return owner;
            }
        }

        foreach (string role in options.NoPrivileges || !isWhole ? [] : source.RolesOfPrivileges)
        {
            yield return role;
        }

        // Which roles a definition names is not known without reading it; a name that stands in it by chance is no harm.
        SchemaObject[] naming = [.. options.Objects.Where(item =>
            NameRoles.Contains(item.Kind) || (RestorePasses.IsPrivilege(item) && !options.NoPrivileges))];
        foreach (string role in options.Properties.Keys.Where(key => key.StartsWith(RoleProperties.RolePrefix, StringComparison.Ordinal)))
        {
            string name = role[RoleProperties.RolePrefix.Length..];
            if (naming.Any(item => item.Definition.Contains(name, StringComparison.Ordinal)))
            {
                yield return name;
            }
        }
    }
}
