namespace DataResilience.PowerShell.Completion;

/// <summary>Offers the names of the databases at the source: of a server, or of a directory of SQLite files.</summary>
public sealed class SourceNameCompleter : EndpointCompleter
{
    private protected override GetDatabaseRequest? Request(CompletionContext context) =>
        context.Endpoint() is { } source ? new GetDatabaseRequest { Source = source, Detail = DatabaseDetail.Names } : null;

    private protected override IEnumerable<Candidate> Candidates(IReadOnlyList<Database> databases) => databases.Select(NameOf);
}
