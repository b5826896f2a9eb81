namespace DataResilience.PowerShell.Completion;

/// <summary>
/// Offers the databases of the server that the command line names as source, or for -TargetDatabase as target. A file of
/// SQLite is left to the shell, which completes paths.
/// </summary>
public sealed class ServerDatabaseCompleter : EndpointCompleter
{
    private protected override GetDatabaseRequest? Request(CompletionContext context) =>
        context.Endpoint() is { } endpoint && endpoint.Engine != DatabaseEngine.Sqlite
            ? new GetDatabaseRequest { Source = endpoint with { Database = "" }, Detail = DatabaseDetail.Names }
            : null;

    private protected override IEnumerable<Candidate> Candidates(IReadOnlyList<Database> databases) => databases.Select(NameOf);
}
