using System.Runtime.CompilerServices;
using DataResilience.Composition;

namespace DataResilience.PowerShell.Loading;

/// <summary>The one place where a cmdlet touches what lives in the module's own load context.</summary>
internal static class EngineEntrance
{
    /// <summary>Makes the operations. Not inlined: the assemblies are loaded when this runs, not when its caller is compiled.</summary>
    /// <returns>The operations.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IOperations Open() => OperationsFactory.Create();
}
