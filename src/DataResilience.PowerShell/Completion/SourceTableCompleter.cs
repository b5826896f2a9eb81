namespace DataResilience.PowerShell.Completion;

/// <summary>Offers the names of the tables of the database that is the source.</summary>
public sealed class SourceTableCompleter : EndpointCompleter
{
    private protected override GetDatabaseRequest? Request(CompletionContext context) =>
        context.Endpoint() is { Database.Length: > 0 } source ? new GetDatabaseRequest { Source = source, Detail = DatabaseDetail.Tables } : null;

    private protected override IEnumerable<Candidate> Candidates(IReadOnlyList<Database> databases) => databases is [var database]
        ? database.TableNames.Select(name => new Candidate(name, $"table of {database.Name}"))
        : [];
}
