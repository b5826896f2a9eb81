using DataResilience.Engine.Operations;
using DataResilience.Engine.Selection;
using DataResilience.Providers;

namespace DataResilience.Engine.Catalog;

/// <summary>Lists the databases at an endpoint.</summary>
internal sealed class GetDatabaseOperation(EngineServices services) : ReadingOperation<GetDatabaseRequest, IReadOnlyList<Database>>
{
    protected override string SubjectOf(GetDatabaseRequest request) => request.Source?.ToString() ?? "";

    protected override async Task<IReadOnlyList<Database>> RunAsync(GetDatabaseRequest request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        DatabaseEndpoint source = request.Source ?? throw Errors.SourceRequired.Create();
        var filter = new NameFilter(request.Name, []);
        var options = new DatabaseListOptions { Detail = request.Detail, Takes = name => filter.Takes(name) };
        IReadOnlyList<Database> found = await services.ProviderOf(source).ListDatabasesAsync(source, options, cancellationToken);
        Database[] chosen = [.. found.Where(database => filter.Takes(database.Name))];
        foreach (Database database in chosen.Where(database => database.Obstacle.Length > 0))
        {
            reporter.Warning($"The database '{database.Name}' was not looked into: {database.Obstacle}");
        }

        return chosen.Length > 0
            ? chosen
            : throw Errors.NothingMatched.Create(request.Name.Count == 0 ? $"at '{source}'" : $"'{string.Join("', '", request.Name)}' at '{source}'");
    }
}
