using System.Management.Automation;

namespace DataResilience.PowerShell.Loading;

/// <summary>Runs when PowerShell imports the module, and makes the module's own dependencies loadable.</summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer
{
    /// <summary>Called by PowerShell at each import, in each runspace.</summary>
    public void OnImport() => ModuleDependencies.Register();
}
