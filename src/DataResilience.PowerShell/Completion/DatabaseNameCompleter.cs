namespace DataResilience.PowerShell.Completion;

/// <summary>Offers the names of the databases that have a backup.</summary>
public sealed class DatabaseNameCompleter : RepositoryCompleter
{
    private protected override RepositoryRequest Request(CompletionContext context) => new GetDatabaseBackupRequest { Latest = true };

    private protected override async Task<IEnumerable<Candidate>> AskAsync(
        IOperations operations, RepositoryRequest request, CancellationToken cancellationToken)
    {
        var backups = await AskAsync<IReadOnlyList<Backup>>(operations, request, cancellationToken);
        return backups.GroupBy(backup => backup.Database)
            .OrderBy(group => group.Key, StringComparer.OrdinalIgnoreCase)
            .Select(group => new Candidate(group.Key, $"{group.First().Engine} on {group.First().Server}"));
    }
}
