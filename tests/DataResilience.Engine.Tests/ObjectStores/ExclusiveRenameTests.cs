using DataResilience.Engine.ObjectStores;
using DataResilience.Testing.FileLayers;

namespace DataResilience.Engine.Tests.ObjectStores;

public sealed class ExclusiveRenameTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public static TheoryData<string> Ways => ["kernel", "link", "lock", "layer"];

    public void Dispose() => directory.Dispose();

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_file_gets_its_new_name_and_loses_the_old_one(string way)
    {
        Func<string, string, bool?> rename = Way(way);
        string from = Write("from", "content");
        string to = Path.Join(directory.Path, "to");

        Assert.True(rename(from, to));

        Assert.Equal("content", File.ReadAllText(to));
        Assert.False(File.Exists(from));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_name_that_is_taken_stays_as_it_is(string way)
    {
        Func<string, string, bool?> rename = Way(way);
        string from = Write("from", "new");
        string to = Write("to", "old");
        string taken = Directory.CreateDirectory(Path.Join(directory.Path, "directory")).FullName;

        Assert.False(rename(from, to));
        Assert.False(rename(from, taken));

        Assert.Equal(("old", "new"), (File.ReadAllText(to), File.ReadAllText(from)));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Of_eight_that_want_a_name_one_gets_it(string way)
    {
        Func<string, string, bool?> rename = Way(way);
        for (int round = 0; round < 25; round++)
        {
            string to = Path.Join(directory.Path, $"to-{round}");
            string[] candidates = [.. Enumerable.Range(0, 8).Select(index => Write($"from-{round}-{index}", $"{index}"))];

            bool?[] renamed = await Task.WhenAll(candidates.Select(from => Task.Run(() => rename(from, to))));

            int winner = Assert.Single(Enumerable.Range(0, 8), index => renamed[index] == true);
            Assert.Equal($"{winner}", await File.ReadAllTextAsync(to, TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_failure_is_an_error_and_not_a_name_that_is_taken(string way)
    {
        Func<string, string, bool?> rename = Way(way);
        string from = Write("from", "content");

        Assert.ThrowsAny<IOException>(() => rename(from, Path.Join(directory.Path, "missing", "to")));

        Assert.True(File.Exists(from));
    }

    private static Func<string, string, bool?> Way(string way)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && way != "layer", "Windows renames without replacing by itself.");
        Assert.SkipUnless(OperatingSystem.IsLinux() || way != "kernel", "Only Linux has renameat2.");
#pragma warning disable CA1416 // The two lines above skip where it is not supported.
        return way switch
        {
            "kernel" => ExclusiveRename.ByKernel,
            "link" => ExclusiveRename.ByLink,
            "lock" => (from, to) => ExclusiveRename.ByLock(from, to),
            _ => (from, to) => new PhysicalFileLayer().Rename(from, to),
        };
#pragma warning restore CA1416
    }

    private string Write(string name, string content)
    {
        string path = Path.Join(directory.Path, name);
        File.WriteAllText(path, content);
        return path;
    }
}
