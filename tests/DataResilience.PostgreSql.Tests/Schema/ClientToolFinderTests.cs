using System.Diagnostics;

namespace DataResilience.PostgreSql.Tests;

public sealed class ClientToolFinderTests : IDisposable
{
    private static readonly ServerAddress Address = ServerAddress.Of(DatabaseEndpoint.Parse("postgresql://somebody@host/shop"));

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dr-tools-");
    private readonly Dictionary<string, string> variables = new(StringComparer.Ordinal);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task The_version_of_the_server_goes_before_newer_ones()
    {
        variables["PATH"] = Paths(Tool("a", "(PostgreSQL) 99.2"), Tool("b", "(PostgreSQL) 98.6 (Debian 98.6-3)"), Tool("c", "(PostgreSQL) 98beta1"));

        Assert.Equal((98, "b"), await FindAsync(98));
        Assert.Equal((99, "a"), await FindAsync(99));
        Assert.Equal((98, "b"), await FindAsync(97));
    }

    [Fact]
    public async Task What_the_user_names_goes_before_all_others_if_it_is_new_enough()
    {
        variables["PATH"] = Tool("path", "(PostgreSQL) 98.1");
        variables[ClientToolFinder.DirectoriesVariable] = Paths(Tool("old", "(PostgreSQL) 97.1"), Tool("new", "(PostgreSQL) 99.1"));

        Assert.Equal((99, "new"), await FindAsync(98));
        variables[ClientToolFinder.DirectoriesVariable] = Path.Combine(folder.FullName, "old");
        Assert.Equal((98, "path"), await FindAsync(98));
    }

    [Fact]
    public async Task What_is_missing_is_said_with_what_was_found()
    {
        variables[ClientToolFinder.DirectoriesVariable] = Path.Combine(folder.FullName, "old");
        variables["PATH"] = Paths(Tool("old", "(PostgreSQL) 96.1"), Tool("other", "something else 99"), Path.Combine(folder.FullName, "nowhere"), "relative");

        DataResilienceException missing = await Assert.ThrowsAsync<DataResilienceException>(() => FindAsync(98));

        Assert.Equal(Errors.ClientToolMissing.Code, missing.ErrorCode);
        Assert.Equal(2, missing.Message.Split($"{Path.Combine(folder.FullName, "old", "pg_dump")} (96)").Length);
        Assert.Contains("postgresql-client-98", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stand_in_that_picks_versions_by_itself_is_not_taken()
    {
        string real = Path.Combine(folder.FullName, "pg_wrapper");
        File.Copy(Path.Combine(Tool("wrapped", "(PostgreSQL) 98.1"), "pg_dump"), real);
        string links = folder.CreateSubdirectory("links").FullName;
        File.CreateSymbolicLink(Path.Combine(links, "pg_dump"), real);
        variables["PATH"] = links;

        await Assert.ThrowsAsync<DataResilienceException>(() => FindAsync(98));
    }

    [Fact]
    public async Task A_file_that_cannot_be_run_is_passed_over()
    {
        string broken = folder.CreateSubdirectory("broken").FullName;
        await File.WriteAllTextAsync(Path.Combine(broken, "pg_dump"), "", Token);
        variables["PATH"] = Paths(broken, Tool("whole", "(PostgreSQL) 98.1"));

        Assert.Equal((98, "whole"), await FindAsync(98));
    }

    private static string Paths(params string[] paths) => string.Join(Path.PathSeparator, paths);

    private async Task<(int Major, string Folder)> FindAsync(int major)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-ins are shell scripts");
        var host = new ClientHost(name => variables.GetValueOrDefault(name), start => Process.Start(start)!);
        ClientTool tool = await new ClientToolFinder(host).FindAsync("pg_dump", Address, major, Token);
        return (tool.Major, Path.GetFileName(Path.GetDirectoryName(tool.Path))!);
    }

    private string Tool(string name, string version)
    {
        string directory = folder.CreateSubdirectory(name).FullName;
        string path = Path.Combine(directory, "pg_dump");
        File.WriteAllText(path, $"#!/bin/sh\necho 'pg_dump {version}'\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return directory;
    }
}
