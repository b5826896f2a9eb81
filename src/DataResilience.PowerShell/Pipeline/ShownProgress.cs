namespace DataResilience.PowerShell.Pipeline;

/// <summary>A progress state on its way to the host.</summary>
/// <param name="Id">0 for the call as a whole, a number of its own for each part.</param>
/// <param name="State">The state.</param>
internal sealed record ShownProgress(int Id, OperationProgress State)
{
    public const int RootId = 0;
}
