using System.Management.Automation.Language;
using DataResilience.Testing;

namespace DataResilience.PowerShell.Tests.Loading;

public sealed class StagedFilesTests
{
    private static readonly string[] Runtimes =
        ["linux-arm64", "linux-musl-arm64", "linux-musl-x64", "linux-x64", "osx-arm64", "osx-x64", "win-arm64", "win-x64"];

    [Fact]
    public void Native_parts_are_there_for_the_supported_systems_only()
    {
        var runtimes = Directory.EnumerateDirectories(
                Path.Combine(RepositoryLayout.Module, "Dependencies", "runtimes"), "native", SearchOption.AllDirectories)
            .Select(path => Path.GetFileName(Path.GetDirectoryName(path)!));

        Assert.Equal(Runtimes, runtimes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Abstractions_are_there_once()
    {
        var copies = Directory.EnumerateFiles(RepositoryLayout.Module, "DataResilience.Abstractions.*", SearchOption.AllDirectories);

        Assert.Equal([Path.Combine(RepositoryLayout.Module, "DataResilience.Abstractions.dll")], copies);
    }

    [Fact]
    public void The_shell_itself_is_not_shipped() =>
        Assert.Empty(Directory.EnumerateFiles(RepositoryLayout.Module, "System.Management.Automation.*", SearchOption.AllDirectories));

    [Theory]
    [InlineData("build.ps1")]
    [InlineData("artifacts/module/DataResilience/DataResilience.psd1")]
    public void Scripts_are_valid(string path)
    {
        Parser.ParseFile(Path.Combine(RepositoryLayout.Root, path), out _, out var errors);

        Assert.Empty(errors);
    }
}
