using DataResilience.Providers;
using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>Looks for everything that would stop a restore later, each as the error that it would be.</summary>
internal sealed class TargetConditions(ServerSession session, ServerAddress target, TargetOptions options)
{
    private const int LongestName = 64;

    private static readonly string[] Needed = ["CREATE", "DROP", "ALTER", "INDEX", "INSERT", "SELECT", "REFERENCES"];

    private readonly List<DataResilienceException> found = [];

    /// <summary>What stands in the way.</summary>
    /// <param name="place">What is under the target's name.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task<IReadOnlyList<DataResilienceException>> FindAsync(TargetPlace place, CancellationToken cancellationToken)
    {
        RequireName();
        UserRights rights = await UserRights.ReadAsync(session, cancellationToken);
        await RequireWritableAsync(rights, cancellationToken);
        if (!options.IncludesSchema)
        {
            return found;
        }

        RequireRights(rights, place);
        await RequireDefinersAsync(rights, cancellationToken);
        RequireFreeTables(place);
        found.AddRange(await new SchemaFit(session, target, options).FindAsync(cancellationToken));
        return found;
    }

    private void RequireName()
    {
        if (target.Database.Length > LongestName || target.Database.EnumerateRunes().Any(rune => rune.Value > char.MaxValue))
        {
            found.Add(Errors.ArgumentInvalid.Create("Target", $"a name of a database has at most {LongestName} characters, none of them beyond U+FFFF"));
        }
    }

    private async Task RequireWritableAsync(UserRights rights, CancellationToken cancellationToken)
    {
        if (await session.ScalarAsync("SELECT CAST(@@GLOBAL.read_only AS CHAR)", cancellationToken) is "1" or "ON" && !rights.Has("READ_ONLY ADMIN", "READ ONLY ADMIN", "CONNECTION_ADMIN", "SUPER"))
        {
            found.Add(Errors.TargetUnwritable.Create(target, "the server is read-only, as a replica is"));
        }
    }

    private void RequireRights(UserRights rights, TargetPlace place)
    {
        string database = place.Exists ? RestorePlace.RestorePrefix + "x" : target.Database;
        string[] missing = [.. Needed.Where(right => !rights.HasIn(database, right))];
        if (missing.Length > 0)
        {
            string where = place.Exists ? $"databases named '{RestorePlace.RestorePrefix}…', where what is restored is made before it replaces anything" : $"'{database}'";
            found.Add(Errors.PermissionDenied.Create(target, $"{string.Join(", ", missing)} on {where}"));
        }
    }

    /// <summary>Code runs with the rights of its definer, and cannot run where there is none.</summary>
    private async Task RequireDefinersAsync(UserRights rights, CancellationToken cancellationToken)
    {
        await RequireGranteesAsync(cancellationToken);
        string[] definers = [.. options.NoOwner ? [] : options.Objects.Select(item => item.Owner).Where(owner => owner.Length > 0).Distinct(StringComparer.Ordinal)];
        if (definers.Length == 0)
        {
            return;
        }

        if (definers.Any(definer => !rights.IsUser(definer)) && !rights.Has("SUPER", "SET_USER_ID", "SET_ANY_DEFINER", "SET USER"))
        {
            string names = string.Join(", ", definers.Where(definer => !rights.IsUser(definer)));
            string right = session.Version.IsMariaDb ? "SET USER" : session.Version.IsMySqlSince(8, 2) ? "SET_ANY_DEFINER" : "SET_USER_ID";
            found.Add(Errors.PermissionDenied.Create(target, $"{right}, to create what runs with the rights of {names}; -NoOwner leaves it to the restoring user instead"));
        }

        HashSet<string> coming = options.IncludeRoles
            ? [.. options.Objects.Where(item => item.Kind == ObjectKind.User).Select(item => item.Name)]
            : [];
        IReadOnlySet<string>? present = await ReadAccountsAsync(cancellationToken);
        found.AddRange(definers
            .Where(definer => present is not null && !present.Contains(definer) && !coming.Contains(definer) && !rights.IsUser(definer))
            .Select(definer => Errors.RoleMissing.Create(target, $"'{definer}'")));
    }

    /// <summary>A grant names an account that the backup holds, and that the server may lack.</summary>
    private async Task RequireGranteesAsync(CancellationToken cancellationToken)
    {
        if (options.NoPrivileges || options.IncludeRoles || await ReadAccountsAsync(cancellationToken) is not { } present)
        {
            return;
        }

        HashSet<int> named = [.. options.Objects.Where(item => item.Kind == ObjectKind.Grant).SelectMany(item => item.DependsOn)];
        found.AddRange(options.Objects
            .Where(item => item.Kind == ObjectKind.User && named.Contains(item.Id) && !present.Contains(item.Name))
            .Select(item => Errors.RoleMissing.Create(target, $"'{item.Name}'")));
    }

    /// <summary>The accounts of the server; null where the user may not know them: then the server says itself what it misses.</summary>
    private async Task<IReadOnlySet<string>?> ReadAccountsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await session.QueryAsync(
                "SELECT CAST(user AS CHAR), CAST(host AS CHAR) FROM mysql.user",
                row => row.GetString(1).Length == 0 ? row.GetString(0) : $"{row.GetString(0)}@{row.GetString(1)}",
                cancellationToken)).ToHashSet(StringComparer.Ordinal);
        }
        catch (DataResilienceException failure)
            when (failure.InnerException is MySqlException { ErrorCode: MySqlErrorCode.TableAccessDenied or MySqlErrorCode.DatabaseAccessDenied or MySqlErrorCode.ColumnAccessDenied })
        {
            return null;
        }
    }

    private void RequireFreeTables(TargetPlace place)
    {
        if (place.Tables is { } tables && options is { IsPartial: true, Replace: false })
        {
            found.AddRange(new TableChoice(options).Made.Where(tables.Has).Select(table => Errors.TargetTableExists.Create(target, table)));
        }
    }
}
