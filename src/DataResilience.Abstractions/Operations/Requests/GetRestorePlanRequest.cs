namespace DataResilience;

/// <summary>Tells what a restore would do.</summary>
public sealed record GetRestorePlanRequest : RestoreRequest, IOperationRequest<RestorePlan>;
