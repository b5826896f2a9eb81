using System.Globalization;
using DataResilience.PowerShell.Views;

namespace DataResilience.PowerShell.Completion;

/// <summary>Offers backup ids, newest first.</summary>
public sealed class BackupIdCompleter : RepositoryCompleter
{
    private protected override RepositoryRequest Request(CompletionContext context) =>
        new GetDatabaseBackupRequest { Database = context.Text("Database") is { } name ? [name] : [] };

    private protected override async Task<IEnumerable<Candidate>> AskAsync(
        IOperations operations, RepositoryRequest request, CancellationToken cancellationToken)
    {
        var backups = await AskAsync<IReadOnlyList<Backup>>(operations, request, cancellationToken);
        return backups.OrderByDescending(backup => backup.Start).Select(backup => new Candidate(backup.BackupId, Tooltip(backup)));
    }

    // An id ends in random letters: people look for it by the database's name in its middle.
    private protected override bool IsMatch(string value, string typed) => value.Contains(typed, StringComparison.OrdinalIgnoreCase);

    private static string Tooltip(Backup backup) => string.Create(
        CultureInfo.CurrentCulture,
        $"{backup.Database}, {backup.Start:g}, {backup.Tables} tables, {backup.Rows:N0} rows, {Readable.Size(backup.TotalSize)}");
}
