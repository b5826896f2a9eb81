using System.Reflection;
using System.Runtime.Loader;
using DataResilience.PowerShell.Tests.Servers;
using DataResilience.Testing;

namespace DataResilience.PowerShell.Tests.Loading;

public sealed class OperationLoadingTests
{
    private static readonly string[] OfTheModule =
        ["DataResilience.Engine", "DataResilience.Composition", "DataResilience.Sqlite", "DataResilience.PostgreSql", "Microsoft.Data.Sqlite", "SQLitePCLRaw.core", "ZstdSharp", "Npgsql", "MySqlConnector"];

    [Fact]
    public void After_a_backup_engine_providers_and_drivers_are_in_the_modules_context_and_nowhere_else()
    {
        using var sandbox = new Sandbox();
        sandbox.WithBackups();

        RequireLoaded("Microsoft.Data.Sqlite");
    }

    [Fact]
    [Trait("Category", "Server")]
    public void After_a_backup_from_a_server_its_driver_is_there_too()
    {
        using var database = ServerDatabase.Create("CREATE TABLE t(x int)");
        using var sandbox = new Sandbox();

        sandbox.Module.Invoke("Backup-Database $args[0] -Repository $repo", database.Endpoint);

        RequireLoaded("Npgsql");
    }

    [Fact]
    public void A_large_text_is_restored_with_calls_into_the_native_library_that_the_driver_does_not_make()
    {
        const string Length = "SELECT length(x), after FROM t";
        using var sandbox = new Sandbox();
        sandbox.Sqlite("large.db", "CREATE TABLE t(x TEXT, after TEXT); INSERT INTO t VALUES(hex(randomblob(2000000)), 'after');");

        sandbox.Module.Invoke("Backup-Database sqlite:large.db -Repository $repo");
        sandbox.Module.Invoke("Restore-Database -Backup latest -Repository $repo -Target sqlite:copy.db");

        Assert.Equal("4000000|after", sandbox.Sqlite("large.db", Length));
        Assert.Equal("4000000|after", sandbox.Sqlite("copy.db", Length));
    }

    private static void RequireLoaded(string driver)
    {
        var loaded = AssemblyLoadContext.All
            .SelectMany(context => context.Assemblies.Select(assembly => (context, assembly)))
            .Where(pair => OfTheModule.Contains(pair.assembly.GetName().Name))
            .ToList();

        Assert.Contains(driver, loaded.Select(pair => pair.assembly.GetName().Name));
        Assert.All(loaded, pair => Assert.Equal("DataResilience", pair.context.Name));
        Assert.All(loaded, pair => Assert.StartsWith(Path.Combine(RepositoryLayout.Module, "Dependencies"), pair.assembly.Location, StringComparison.Ordinal));
    }
}
