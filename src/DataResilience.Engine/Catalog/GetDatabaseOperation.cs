using DataResilience.Engine.Operations;
using DataResilience.Engine.Selection;

namespace DataResilience.Engine.Catalog;

/// <summary>Lists the databases at an endpoint.</summary>
internal sealed class GetDatabaseOperation(EngineServices services) : ReadingOperation<GetDatabaseRequest, IReadOnlyList<Database>>
{
    protected override string SubjectOf(GetDatabaseRequest request) => request.Source?.ToString() ?? "";

    protected override async Task<IReadOnlyList<Database>> RunAsync(GetDatabaseRequest request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        DatabaseEndpoint source = request.Source ?? throw Errors.SourceRequired.Create();
        var filter = new NameFilter(request.Name, []);
        IReadOnlyList<Database> found = await services.ProviderOf(source).ListDatabasesAsync(source, cancellationToken);
        Database[] chosen = [.. found.Where(database => filter.Takes(database.Name))];
        return chosen.Length > 0
            ? chosen
            : throw Errors.NothingMatched.Create(request.Name.Count == 0 ? $"at '{source}'" : $"'{string.Join("', '", request.Name)}' at '{source}'");
    }
}
