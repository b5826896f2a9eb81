namespace DataResilience.Composition;

/// <summary>Makes the operations with every provider of this build.</summary>
public static class OperationsFactory
{
    /// <summary>Makes the operations.</summary>
    /// <returns>The operations.</returns>
    public static IOperations Create() => throw Errors.EngineUnsupported.Create("every database");
}
