using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using DataResilience.Testing;

namespace DataResilience.Engine.Tests.Architecture;

public sealed class WallTests
{
    private static readonly string Platform = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    public static TheoryData<string> Projects => [.. Wall.All.Select(wall => wall.Project)];

    [Fact]
    public void Every_project_of_src_has_a_wall()
    {
        var projects = RepositoryLayout.SourceFiles(".csproj").Select(Path.GetFileNameWithoutExtension);

        Assert.Equal(Wall.All.Select(wall => wall.Project).Order(), projects.Order());
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_names_only_the_projects_behind_its_wall(string project)
    {
        var wall = Of(project);

        Assert.Empty(Named(project, "ProjectReference").Select(Path.GetFileNameWithoutExtension).Except(wall.Projects));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_names_only_the_packages_behind_its_wall(string project)
    {
        var wall = Of(project);

        Assert.Empty(Named(project, "PackageReference").Except(wall.AllowedPackages));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_built_assembly_references_only_what_is_behind_its_wall(string project)
    {
        var wall = Of(project);

        var references = References(RepositoryLayout.Assembly(project, wall.AssemblyName));

        Assert.Empty(references.Where(name => !IsOfThePlatform(name)).Except(wall.AllowedAssemblies));
    }

    [Fact]
    public void The_references_of_a_built_assembly_are_really_read()
    {
        Assert.Contains("System.Management.Automation", References(RepositoryLayout.Assembly("DataResilience.PowerShell", "DataResilience")));
        Assert.Contains("System.CommandLine", References(RepositoryLayout.Assembly("DataResilience.Console", "dataresilience")));
    }

    private static Wall Of(string project) => Wall.All.Single(wall => wall.Project == project);

    private static bool IsOfThePlatform(string assembly) => File.Exists(Path.Combine(Platform, assembly + ".dll"));

    private static IEnumerable<string> Named(string project, string item)
    {
        var folder = Path.Combine(RepositoryLayout.Root, "src", project);
        return XDocument.Load(Path.Combine(folder, project + ".csproj"))
            .Descendants(item)
            .Select(element => element.Attribute("Include")!.Value.Replace('\\', '/'));
    }

    private static List<string> References(string path)
    {
        using var file = File.OpenRead(path);
        using var portable = new PEReader(file);
        var metadata = portable.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
