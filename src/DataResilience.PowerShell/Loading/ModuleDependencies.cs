using System.Reflection;
using System.Runtime.Loader;

namespace DataResilience.PowerShell.Loading;

/// <summary>
/// The bridge from the default load context, where the cmdlets live, to the module's own, where the engine, the
/// providers and their drivers live. The own context is made when a cmdlet first needs the engine, not at import.
/// </summary>
internal static class ModuleDependencies
{
    private const string Composition = "DataResilience.Composition";
    private const string Engine = "DataResilience.Engine";

    private static readonly Lazy<ModuleLoadContext> Context = new(CreateContext);
    private static int registered;

    /// <summary>
    /// Adds the one handler of this process. It is never removed: runspaces close without telling, and the others
    /// still need it.
    /// </summary>
    public static void Register()
    {
        if (Interlocked.Exchange(ref registered, 1) == 0)
        {
            AssemblyLoadContext.Default.Resolving += Resolve;
        }
    }

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name is Composition or Engine ? Context.Value.LoadFromAssemblyName(name) : null;

    private static ModuleLoadContext CreateContext()
    {
        var module = Path.GetDirectoryName(typeof(ModuleDependencies).Assembly.Location)!;
        return new ModuleLoadContext(Path.Combine(module, "Dependencies", Composition + ".dll"));
    }
}
