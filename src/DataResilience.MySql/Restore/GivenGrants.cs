using System.Text.RegularExpressions;
using DataResilience.Providers;
using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>Gives accounts rights in a restored database, and takes them back where it is not committed: they are the server's, not the database's.</summary>
/// <param name="target">The target as the user named it.</param>
/// <param name="database">The database that the rights are for.</param>
internal sealed partial class GivenGrants(ServerAddress target, string database)
{
    private readonly Stack<string> revocations = new();

    /// <summary>Runs a grant in a session whose database it is for.</summary>
    internal async Task GiveAsync(ServerSession session, SchemaObject item, CancellationToken cancellationToken)
    {
        var grant = GrantLine.Read(item.Definition);
        string statement = item.Definition;
        if (grant.Scope == GrantScope.Database && WholeDatabase().IsMatch(statement))
        {
            statement = WholeDatabase().Replace(statement, $" ON {await PatternAsync(session, cancellationToken)}.* TO ", 1);
        }

        if (await RevocationAsync(session, grant, statement, cancellationToken) is { } revocation)
        {
            revocations.Push(revocation);
        }

        try
        {
            await session.ExecuteAsync(statement, cancellationToken);
        }
        catch (DataResilienceException failure) when (failure.ErrorCode == Errors.ServerRefused.Code && failure.InnerException is MySqlException answer)
        {
            throw Errors.ObjectNotCreated.CreateFrom(answer, target, ObjectStatement.Describe(item), answer.Message.TrimEnd('.'));
        }
    }

    /// <summary>Takes everything back. An account that is gone by now has nothing any more.</summary>
    internal async Task RevokeAsync(ServerSession session, CancellationToken cancellationToken)
    {
        while (revocations.TryPop(out string? revocation))
        {
            try
            {
                await session.ExecuteAsync($"USE {SqlText.Name(database)}", cancellationToken);
                await session.ExecuteAsync(revocation, cancellationToken);
            }
            catch (DataResilienceException failure) when (failure.ErrorCode is nameof(Errors.ServerRefused) or nameof(Errors.TargetNotFound))
            {
                _ = failure;
            }
        }
    }

    /// <summary>What takes a grant back; null where the account had rights on the same before, which are not ours to take.</summary>
    private async Task<string?> RevocationAsync(ServerSession session, GrantLine grant, string statement, CancellationToken cancellationToken)
    {
        Match parts = Parts().Match(statement);
        if (!parts.Success || grant.Scope is not (GrantScope.Database or GrantScope.Object))
        {
            return null;
        }

        string account = parts.Groups["account"].Value;
        bool hadSome = (await GrantsOfAsync(session, account, cancellationToken)).Select(GrantLine.Read).Any(other =>
            other.Database.Replace("\\", "", StringComparison.Ordinal) == database && (other.Scope == GrantScope.Database || other.ObjectName == grant.ObjectName));
        return hadSome ? null : $"REVOKE ALL PRIVILEGES ON {parts.Groups["scope"].Value} FROM {account}";
    }

    private static async Task<IReadOnlyList<string>> GrantsOfAsync(ServerSession session, string account, CancellationToken cancellationToken)
    {
        try
        {
            return await session.QueryAsync($"SHOW GRANTS FOR {account}", row => row.GetString(0), cancellationToken);
        }
        catch (DataResilienceException failure) when (failure.InnerException is MySqlException { ErrorCode: MySqlErrorCode.NonExistingGrant })
        {
            return [];
        }
    }

    /// <summary>In a grant on a whole database its name is a pattern, unless a setting makes it a name.</summary>
    private async Task<string> PatternAsync(ServerSession session, CancellationToken cancellationToken)
    {
        bool isName = !session.Version.IsMariaDb && await session.ScalarAsync("SELECT CAST(@@GLOBAL.partial_revokes AS CHAR)", cancellationToken) == "1";
        return SqlText.Name(isName
            ? database
            : database.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal));
    }

    [GeneratedRegex(@" ON \* TO ", RegexOptions.NonBacktracking)]
    private static partial Regex WholeDatabase();

    [GeneratedRegex(
        @" ON (?<scope>((PROCEDURE|FUNCTION|PACKAGE BODY|PACKAGE|TABLE) )?(`([^`]|``)*`(\.\*|\.`([^`]|``)*`)?|\*)) TO (?<account>`([^`]|``)*`(@`([^`]|``)*`)?)",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Parts();
}
