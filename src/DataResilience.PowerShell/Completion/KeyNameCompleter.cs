namespace DataResilience.PowerShell.Completion;

/// <summary>Offers the names of a repository's keys.</summary>
public sealed class KeyNameCompleter : RepositoryCompleter
{
    private protected override RepositoryRequest Request(CompletionContext context) => new GetBackupRepositoryKeyRequest();

    private protected override async Task<IEnumerable<Candidate>> AskAsync(
        IOperations operations, RepositoryRequest request, CancellationToken cancellationToken)
    {
        var keys = await AskAsync<IReadOnlyList<BackupRepositoryKey>>(operations, request, cancellationToken);
        return keys.OrderBy(key => key.Name, StringComparer.OrdinalIgnoreCase)
            .Select(key => new Candidate(key.Name, $"{key.Roles}, {key.Protection}"));
    }
}
