namespace DataResilience;

/// <summary>What an operation would do.</summary>
/// <param name="Target">The one object that would change: a repository, a database, a backup.</param>
/// <param name="Action">What would be done to it, as words that follow "Performing the operation".</param>
/// <param name="Details">More of the plan, a line each.</param>
public sealed record OperationPlan(string Target, string Action, IReadOnlyList<string> Details);
