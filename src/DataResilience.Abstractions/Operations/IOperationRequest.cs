using System.Diagnostics.CodeAnalysis;

namespace DataResilience;

/// <summary>What is asked of an operation. Every operation has one request, one result, one cmdlet and one console command.</summary>
/// <typeparam name="TResult">What the operation gives back.</typeparam>
[SuppressMessage("Design", "CA1040:Avoid empty interfaces", Justification = "It ties a request to its result, so that RunAsync is typed.")]
[SuppressMessage("Major Code Smell", "S2326:Unused type parameters should be removed", Justification = "It ties a request to its result.")]
public interface IOperationRequest<TResult>
{
}
