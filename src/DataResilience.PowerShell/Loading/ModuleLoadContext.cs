using System.Reflection;
using System.Runtime.Loader;

namespace DataResilience.PowerShell.Loading;

/// <summary>
/// Holds everything that the module brings along, so that another module's version of the same library is neither used
/// nor disturbed. What both sides exchange is left to the default context.
/// </summary>
internal sealed class ModuleLoadContext : AssemblyLoadContext
{
    private readonly AssemblyDependencyResolver resolver;

    /// <summary>Makes the context for a published assembly with its deps.json beside it.</summary>
    public ModuleLoadContext(string componentPath)
        : base("DataResilience")
    {
        resolver = new AssemblyDependencyResolver(componentPath);
    }

    /// <inheritdoc />
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name is "DataResilience.Abstractions" or "System.Management.Automation")
        {
            return null;
        }

        var path = resolver.ResolveAssemblyToPath(assemblyName);
        return path is null ? null : LoadFromAssemblyPath(path);
    }

    /// <inheritdoc />
    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        var path = resolver.ResolveUnmanagedDllToPath(unmanagedDllName);
        return path is null ? nint.Zero : LoadUnmanagedDllFromPath(path);
    }
}
