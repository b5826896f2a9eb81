using System.Globalization;
using DataResilience.PowerShell.Views;

namespace DataResilience.PowerShell.Completion;

/// <summary>Offers the names of the tables of the backup that stands on the command line.</summary>
public sealed class TableNameCompleter : RepositoryCompleter
{
    private protected override RepositoryRequest Request(CompletionContext context) => new GetRestorePlanRequest
    {
        Backup = new BackupReference(
            (context.Text("Backup") ?? context.Text("BackupId") ?? context.Text("Id")) ?? BackupReference.Latest),
        Database = context.Text("Database"),
    };

    private protected override async Task<IEnumerable<Candidate>> AskAsync(
        IOperations operations, RepositoryRequest request, CancellationToken cancellationToken)
    {
        var plan = await AskAsync<RestorePlan>(operations, request, cancellationToken);
        return plan.Tables.Select(table => new Candidate(table.Name, Tooltip(table)));
    }

    private static string Tooltip(PlannedTable table) => string.Create(
        CultureInfo.CurrentCulture, $"{table.Rows:N0} rows, {Readable.Size(table.Size)}");
}
