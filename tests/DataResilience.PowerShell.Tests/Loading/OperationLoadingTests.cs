using System.Reflection;
using System.Runtime.Loader;
using DataResilience.Testing;

namespace DataResilience.PowerShell.Tests.Loading;

public sealed class OperationLoadingTests
{
    private static readonly string[] OfTheModule =
        ["DataResilience.Engine", "DataResilience.Composition", "DataResilience.Sqlite", "Microsoft.Data.Sqlite", "SQLitePCLRaw.core", "ZstdSharp", "Npgsql", "MySqlConnector"];

    [Fact]
    public void After_a_backup_engine_providers_and_drivers_are_in_the_modules_context_and_nowhere_else()
    {
        using var sandbox = new Sandbox();
        sandbox.WithBackups();

        var loaded = AssemblyLoadContext.All
            .SelectMany(context => context.Assemblies.Select(assembly => (context, assembly)))
            .Where(pair => OfTheModule.Contains(pair.assembly.GetName().Name))
            .ToList();

        Assert.Contains("Microsoft.Data.Sqlite", loaded.Select(pair => pair.assembly.GetName().Name));
        Assert.All(loaded, pair => Assert.Equal("DataResilience", pair.context.Name));
        Assert.All(loaded, pair => Assert.StartsWith(Path.Combine(RepositoryLayout.Module, "Dependencies"), pair.assembly.Location, StringComparison.Ordinal));
    }
}
