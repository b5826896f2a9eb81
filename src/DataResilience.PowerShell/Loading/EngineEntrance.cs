using System.Runtime.CompilerServices;
using DataResilience.Composition;

namespace DataResilience.PowerShell.Loading;

/// <summary>The one place where a cmdlet touches what lives in the module's own load context.</summary>
internal static class EngineEntrance
{
    private static IOperations? operations;

    /// <summary>The operations, which hold no state of a session: one set serves every runspace of the process.</summary>
    /// <returns>The operations.</returns>
    public static IOperations Open() => LazyInitializer.EnsureInitialized(ref operations, Create);

    // Not inlined: the assemblies are loaded when this runs, not when its caller is compiled.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IOperations Create() => OperationsFactory.Create();
}
