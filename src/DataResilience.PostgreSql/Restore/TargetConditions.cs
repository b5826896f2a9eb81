using System.Globalization;
using System.Text;
using DataResilience.Providers;

namespace DataResilience.PostgreSql;

/// <summary>Looks for everything that would stop a restore later, each as the error that it would be.</summary>
internal sealed class TargetConditions(ServerSession maintenance, ServerAddress target, TargetOptions options)
{
    private const int LongestName = 63;

    private readonly List<DataResilienceException> found = [];

    /// <summary>What stands in the way, whatever the database is.</summary>
    /// <param name="exists">Whether the database is there.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task<IReadOnlyList<DataResilienceException>> FindAsync(bool exists, CancellationToken cancellationToken)
    {
        RequireName();
        RequireVersion();
        if (options.IncludesSchema)
        {
            await RequireRolesAsync(cancellationToken);
            await RequireExtensionsAsync(cancellationToken);
            await RequireTablespacesAsync(cancellationToken);
        }

        await RequireLargeObjectsAsync(cancellationToken);
        bool isNew = !exists || !options.IsPartial;
        if (isNew && options.IncludesSchema)
        {
            await RequireRightsAsync(exists, cancellationToken);
            await RequireMembershipAsync(cancellationToken);
        }

        if (exists && !options.IsPartial && options.Replace
            && await DatabaseUse.DescribeAsync(maintenance, target.Database, cancellationToken) is { } users)
        {
            found.Add(Errors.TargetInUse.Create(target, users));
        }

        return found;
    }

    private void RequireName()
    {
        int bytes = Encoding.UTF8.GetByteCount(target.Database);
        if (bytes is 0 or > LongestName)
        {
            string reason = bytes == 0 ? "no database is named" : $"the server would cut the name '{target.Database}' to {LongestName} bytes";
            found.Add(Errors.ArgumentInvalid.Create("Target", reason));
        }
    }

    private void RequireVersion()
    {
        string digits = new([.. options.SourceVersion.TakeWhile(char.IsAsciiDigit)]);
        if (int.TryParse(digits, CultureInfo.InvariantCulture, out int major) && major > maintenance.Version.Major)
        {
            found.Add(Errors.TargetTooOld.Create(target, maintenance.Version, options.SourceVersion));
        }
    }

    private async Task RequireRolesAsync(CancellationToken cancellationToken)
    {
        var roles = new RestoreRoles(options);
        IReadOnlyList<string> missing = await roles.FindMissingAsync(maintenance, cancellationToken);
        found.AddRange(missing
            .Where(role => !options.IncludeRoles || roles.DefinitionOf(role).Length == 0)
            .Select(role => Errors.RoleMissing.Create(target, $"'{role}'")));
    }

    private async Task RequireExtensionsAsync(CancellationToken cancellationToken)
    {
        string[] needed = [.. options.Objects.Where(item => item.Kind == ObjectKind.Extension).Select(item => item.Name).Distinct(StringComparer.Ordinal)];
        IReadOnlyList<string> present = await maintenance.QueryAsync(
            "SELECT name::pg_catalog.text FROM pg_catalog.pg_available_extensions", row => row.GetString(0), cancellationToken);
        found.AddRange(needed.Except(present, StringComparer.Ordinal).Select(name => Errors.ExtensionMissing.Create(target, $"'{name}'")));
    }

    private async Task RequireTablespacesAsync(CancellationToken cancellationToken)
    {
        IEnumerable<string> ofDatabase = options.IsPartial ? [] : [new SourceDatabase(options.Properties).Tablespace];
        string[] needed =
        [
            .. options.Objects.Select(item => item.Options.GetValueOrDefault(ObjectOption.Tablespace, ""))
                .Concat(ofDatabase).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal),
        ];
        IReadOnlyList<string> present = await maintenance.QueryAsync(
            "SELECT spcname::pg_catalog.text FROM pg_catalog.pg_tablespace", row => row.GetString(0), cancellationToken);
        found.AddRange(needed.Except(present, StringComparer.Ordinal).Select(name => Errors.TablespaceMissing.Create(target, $"'{name}'")));
    }

    /// <summary>Whoever restores writes large objects by their owner's right, but reads them back from their table.</summary>
    private async Task RequireLargeObjectsAsync(CancellationToken cancellationToken)
    {
        const string MayRead = "SELECT pg_catalog.has_table_privilege('pg_catalog.pg_largeobject', 'SELECT')";
        if (options.Tables.Any(LargeObjectLoader.Takes) && !await maintenance.ScalarAsync<bool>(MayRead, cancellationToken))
        {
            found.Add(Errors.TargetPermissionDenied.Create(
                target,
                "the user may not read pg_catalog.pg_largeobject, so large objects could not be read back and proved; "
                + "the role pg_read_all_data gives that right, and -ExcludeTable pg_catalog.pg_largeobject leaves large objects out"));
        }
    }

    private async Task RequireRightsAsync(bool exists, CancellationToken cancellationToken)
    {
        const string MayCreate = "SELECT rolsuper OR rolcreatedb FROM pg_catalog.pg_roles WHERE rolname = current_user";
        const string MayRename = "SELECT pg_catalog.pg_has_role(datdba, 'MEMBER') FROM pg_catalog.pg_database WHERE datname = $1";
        if (!await maintenance.ScalarAsync<bool>(MayCreate, cancellationToken))
        {
            found.Add(Errors.TargetPermissionDenied.Create(target, "the user may not create databases"));
        }
        else if (exists && options.Replace && !await maintenance.ScalarAsync<bool>(MayRename, cancellationToken, target.Database))
        {
            found.Add(Errors.TargetPermissionDenied.Create(target, "the user does not own the database that would be replaced"));
        }
    }

    /// <summary>What is given to a role that the user does not belong to would be refused object by object.</summary>
    private async Task RequireMembershipAsync(CancellationToken cancellationToken)
    {
        const string Strangers =
            "SELECT rolname::pg_catalog.text FROM pg_catalog.pg_roles WHERE rolname = ANY ($1) AND NOT pg_catalog.pg_has_role(oid, 'MEMBER') ORDER BY rolname";
        string[] owners = options.NoOwner
            ? []
            : [.. options.Objects.Where(ObjectStatement.HasOwner).Select(item => item.Owner).Append(new SourceDatabase(options.Properties).Owner).Distinct(StringComparer.Ordinal)];
        IReadOnlyList<string> strangers = await maintenance.QueryAsync(Strangers, row => row.GetString(0), cancellationToken, (object)owners);
        found.AddRange(strangers.Select(role => Errors.TargetPermissionDenied.Create(
            target, $"the user is no member of the role '{role}', which owns what is restored")));
    }
}
