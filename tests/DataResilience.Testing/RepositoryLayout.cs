using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace DataResilience.Testing;

/// <summary>Where the source tree, its built assemblies and the staged module are.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "Also compiled into test projects that use a part of it.")]
internal static class RepositoryLayout
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The configuration these tests were built in, which is that of the assemblies they read.</summary>
    public static string Configuration { get; } =
        typeof(RepositoryLayout).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>The folder with the importable module that the build leaves.</summary>
    public static string Module => Path.Combine(Root, "artifacts", "module", "DataResilience");

    /// <summary>The built assembly of a project in src, as the build of the same configuration left it.</summary>
    public static string Assembly(string project, string assemblyName) =>
        Path.Combine(Root, "src", project, "bin", Configuration, "net10.0", assemblyName + ".dll");

    /// <summary>Every source file of src with one of the extensions, build output left out.</summary>
    public static IEnumerable<string> SourceFiles(params IReadOnlyList<string> extensions) =>
        from path in Directory.EnumerateFiles(Path.Combine(Root, "src"), "*", SearchOption.AllDirectories)
        let parts = Path.GetRelativePath(Root, path).Split(Path.DirectorySeparatorChar)
        where !parts.Contains("bin") && !parts.Contains("obj")
        where extensions.Contains(Path.GetExtension(path))
        orderby path
        select path;

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DataResilience.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds DataResilience.sln.");
    }
}
