using System.Text.RegularExpressions;
using DataResilience.Providers;
using MySqlConnector;

namespace DataResilience.MySql;

/// <summary>Accounts that a restore made, which belong to the server and not to its database: they go again if it is not committed.</summary>
internal sealed partial class CreatedAccounts : IAsyncDisposable
{
    private static readonly TimeSpan RemovalLimit = TimeSpan.FromSeconds(30);

    private readonly ServerAddress target;
    private readonly ServerFailures failures;
    private readonly TimeProvider time;
    private readonly List<string> made = [];

    private CreatedAccounts(ServerAddress target, ServerFailures failures, TimeProvider time)
    {
        this.target = target;
        this.failures = failures;
        this.time = time;
    }

    /// <summary>Makes the accounts of the backup that the server lacks; one that it has is as its owner wants it.</summary>
    internal static async Task<CreatedAccounts> CreateAsync(
        ServerSession session, ServerAddress target, TargetOptions options, ServerFailures failures, TimeProvider time, CancellationToken cancellationToken)
    {
        var accounts = new CreatedAccounts(target, failures, time);
        if (options is { IncludeRoles: false } or { IncludesSchema: false })
        {
            return accounts;
        }

        try
        {
            foreach (SchemaObject item in options.Objects.Where(item => item.Kind == ObjectKind.User))
            {
                await accounts.CreateAsync(session, item, cancellationToken);
            }

            return accounts;
        }
        catch
        {
            await accounts.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets them stay.</summary>
    internal void Keep() => made.Clear();

    public async ValueTask DisposeAsync()
    {
        if (made.Count == 0)
        {
            return;
        }

        using var limit = new CancellationTokenSource(RemovalLimit, time);
        try
        {
            await using ServerSession session = await RestoreSession.OpenAsync(target.WithDatabase(""), failures, lockTimeout: null, limit.Token);
            foreach (string drop in made)
            {
                await session.ExecuteAsync(drop, limit.Token);
            }
        }
        catch (Exception failure) when (failure is DataResilienceException or OperationCanceledException)
        {
            // The failure that led here is what the caller is told.
            _ = failure;
        }

        made.Clear();
    }

    private async Task CreateAsync(ServerSession session, SchemaObject item, CancellationToken cancellationToken)
    {
        Match account = Account().Match(item.Definition);
        if (!account.Success)
        {
            throw Errors.ObjectNotCreated.Create(target, ObjectStatement.Describe(item), "its definition does not begin with the account");
        }

        try
        {
            // Without IF NOT EXISTS: only what this restore made goes with it.
            await session.ExecuteAsync($"CREATE {account.Groups["kind"].Value} {item.Definition[account.Groups["name"].Index..]}", cancellationToken);
            made.Add($"DROP {account.Groups["kind"].Value} IF EXISTS {account.Groups["name"].Value}");
        }
        catch (DataResilienceException failure) when (failure.InnerException is MySqlException { ErrorCode: MySqlErrorCode.CannotUser })
        {
            // It is there.
            _ = failure;
        }
        catch (DataResilienceException failure) when (failure.InnerException is MySqlException { Number: > 0 } answer)
        {
            throw Errors.ObjectNotCreated.CreateFrom(answer, target, ObjectStatement.Describe(item), answer.Message.TrimEnd('.'));
        }
    }

    [GeneratedRegex(
        @"^\s*CREATE\s+(?<kind>USER|ROLE)\s+(IF\s+NOT\s+EXISTS\s+)?(?<name>(`([^`]|``)*`|'([^']|'')*'|[^\s@;]+)(@(`([^`]|``)*`|'([^']|'')*'|[^\s;]+))?)",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Account();
}
