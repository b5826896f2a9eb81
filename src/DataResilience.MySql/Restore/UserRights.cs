using System.Text.RegularExpressions;

namespace DataResilience.MySql;

/// <summary>What the restoring user may do, as SHOW GRANTS tells it. What comes by a role is not looked at: then everything is taken to be there.</summary>
internal sealed partial class UserRights
{
    private readonly string user;
    private readonly bool hasRoles;
    private readonly IReadOnlyList<(HashSet<string> Rights, string Scope)> grants;

    private UserRights(string user, IReadOnlyList<string> lines)
    {
        this.user = user;
        Match[] read = [.. lines.Select(line => Grant().Match(line)).Where(match => match.Success)];
        hasRoles = lines.Any(line => Role().IsMatch(line));
        grants =
        [
            .. read.Select(match => (
                match.Groups["rights"].Value.Split(',').Select(right => right.Trim().ToUpperInvariant()).ToHashSet(StringComparer.Ordinal),
                match.Groups["scope"].Value)),
        ];
    }

    internal static async Task<UserRights> ReadAsync(ServerSession session, CancellationToken cancellationToken) => new(
        await session.ScalarAsync("SELECT CURRENT_USER()", cancellationToken) ?? "",
        await session.QueryAsync("SHOW GRANTS", row => row.GetString(0), cancellationToken));

    /// <summary>Whether an account is the user's own.</summary>
    internal bool IsUser(string account) => string.Equals(account, user, StringComparison.Ordinal);

    /// <summary>Whether the user has one of some rights on the whole server.</summary>
    internal bool Has(params string[] rights) => hasRoles || grants.Any(grant => grant.Scope == "*.*" && Holds(grant.Rights, rights));

    /// <summary>Whether the user has a right in a database.</summary>
    internal bool HasIn(string database, string right) => hasRoles || grants.Any(grant => Covers(grant.Scope, database) && Holds(grant.Rights, [right]));

    private static bool Holds(HashSet<string> granted, string[] rights) =>
        granted.Contains("ALL PRIVILEGES") || granted.Contains("ALL") || granted.Overlaps(rights);

    /// <summary>The name of a database in a grant is a pattern: % and _ stand for any letters and letter, unless a backslash is before.</summary>
    private static bool Covers(string scope, string database)
    {
        if (scope == "*.*")
        {
            return true;
        }

        if (!scope.EndsWith(".*", StringComparison.Ordinal))
        {
            return false;
        }

        string pattern = scope[..^2].Trim('`').Replace("``", "`", StringComparison.Ordinal);
        string expression = Regex.Escape(pattern)
            .Replace(@"\\_", "\u0001", StringComparison.Ordinal).Replace(@"\\%", "\u0002", StringComparison.Ordinal)
            .Replace("_", ".", StringComparison.Ordinal).Replace("%", ".*", StringComparison.Ordinal)
            .Replace("\u0001", "_", StringComparison.Ordinal).Replace("\u0002", "%", StringComparison.Ordinal);
        return Regex.IsMatch(database, $"^(?:{expression})$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.Singleline);
    }

    [GeneratedRegex(@"^GRANT (?<rights>.+?) ON (?<scope>\*\.\*|(`([^`]|``)*`|\w+)\.(\*|`([^`]|``)*`)) TO ", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Grant();

    [GeneratedRegex("^GRANT [`'\"]?[^ ]+ TO ", RegexOptions.NonBacktracking)]
    private static partial Regex Role();
}
