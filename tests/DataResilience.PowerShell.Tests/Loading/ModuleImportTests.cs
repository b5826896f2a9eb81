using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;
using DataResilience.Testing;

namespace DataResilience.PowerShell.Tests.Loading;

public sealed class ModuleImportTests(StagedModule module) : IClassFixture<StagedModule>
{
    [Fact]
    public void The_module_has_the_version_of_its_assembly()
    {
        var info = (PSModuleInfo)Assert.Single(module.Invoke("Get-Module -Name DataResilience")).BaseObject;

        Assert.Equal(typeof(IOperations).Assembly.GetName().Version!.ToString(3), info.Version.ToString(3));
    }

    [Fact]
    public void Abstractions_are_shared_with_the_default_context()
    {
        var type = (Type)Assert.Single(module.Invoke("[DataResilience.IntegrityLevel]")).BaseObject;

        Assert.Same(typeof(IntegrityLevel), type);
    }

    [Theory]
    [InlineData("DataResilience.Engine")]
    [InlineData("DataResilience.Composition")]
    public void The_engine_loads_from_the_module_into_a_context_of_its_own(string name)
    {
        var assembly = Assembly.Load(new AssemblyName(name));

        Assert.Equal(Path.Combine(RepositoryLayout.Module, "Dependencies", name + ".dll"), assembly.Location);
        Assert.Equal("DataResilience", AssemblyLoadContext.GetLoadContext(assembly)!.Name);
        Assert.DoesNotContain(assembly, AssemblyLoadContext.Default.Assemblies);
    }

    [Theory]
    [InlineData("DataResilience.Sqlite")]
    [InlineData("Microsoft.Data.Sqlite")]
    [InlineData("ZstdSharp")]
    public void Providers_and_drivers_load_there_only(string name)
    {
        var context = AssemblyLoadContext.GetLoadContext(Assembly.Load(new AssemblyName("DataResilience.Composition")))!;

        var assembly = context.LoadFromAssemblyName(new AssemblyName(name));

        Assert.Equal(Path.Combine(RepositoryLayout.Module, "Dependencies", name + ".dll"), assembly.Location);
        Assert.Same(context, AssemblyLoadContext.GetLoadContext(assembly));
        Assert.Throws<FileNotFoundException>(() => Assembly.Load(new AssemblyName(name)));
    }

    [Fact]
    public void The_own_context_takes_abstractions_from_the_default_one()
    {
        var context = AssemblyLoadContext.GetLoadContext(Assembly.Load(new AssemblyName("DataResilience.Composition")))!;

        Assert.Same(typeof(IOperations).Assembly, context.LoadFromAssemblyName(typeof(IOperations).Assembly.GetName()));
    }

    [Fact]
    public void The_native_part_of_a_driver_is_found()
    {
        var context = AssemblyLoadContext.GetLoadContext(Assembly.Load(new AssemblyName("DataResilience.Composition")))!;
        var driver = context.LoadFromAssemblyName(new AssemblyName("Microsoft.Data.Sqlite"));

        using var connection = (IDisposable)Activator.CreateInstance(
            driver.GetType("Microsoft.Data.Sqlite.SqliteConnection", throwOnError: true)!, "Data Source=:memory:")!;

        ((System.Data.Common.DbConnection)connection).Open();
    }

    [Fact]
    public void A_second_runspace_and_a_second_import_share_the_same_engine()
    {
        var first = Assembly.Load(new AssemblyName("DataResilience.Engine"));

        using (var other = new StagedModule())
        {
            other.Invoke("Remove-Module -Name DataResilience");
        }

        module.Invoke("Import-Module -Force -Name $args[0]", Path.Combine(RepositoryLayout.Module, "DataResilience.psd1"));
        Assert.Same(first, Assembly.Load(new AssemblyName("DataResilience.Engine")));
    }
}
