using DataResilience.Engine.ObjectStores;
using DataResilience.Testing.FileLayers;

namespace DataResilience.Engine.Tests.ObjectStores;

public sealed class LocalObjectStoreProviderTests
{
    private readonly LocalObjectStoreProvider provider = new();

    [Theory]
    [InlineData("")]
    [InlineData("relative/path")]
    [InlineData("./relative")]
    [InlineData("s3://bucket/prefix")]
    [InlineData("https://host/path")]
    [InlineData("file:relative")]
    [InlineData("file://server/share")]
    [InlineData("file:///path?query")]
    [InlineData("file:///path#fragment")]
    public void What_is_not_a_directory_of_this_host_is_left_to_others(string location)
    {
        Assert.False(provider.CanOpen(location));

        DataResilienceException error = Assert.Throws<DataResilienceException>(() => provider.Open(location));
        Assert.Equal(nameof(Errors.ArgumentInvalid), error.ErrorCode);
    }

    [Fact]
    public void A_path_and_its_uri_are_the_same_place()
    {
        using var directory = new TemporaryDirectory();
        string path = Path.Join(directory.Path, "my backups");
        string uri = new Uri(path).AbsoluteUri;

        Assert.Contains("my%20backups", uri, StringComparison.Ordinal);
        Assert.True(provider.CanOpen(path) && provider.CanOpen(uri));
        Assert.Equal(path, provider.Open(path).Location);
        Assert.Equal(path, provider.Open(uri).Location);
        Assert.Equal(path, provider.Open(uri.Replace("file:///", "file://localhost/", StringComparison.Ordinal)).Location);
        Assert.Equal(path, provider.Open(Path.Join(path, "x", "..") + Path.DirectorySeparatorChar).Location);
        Assert.Empty(Directory.GetFileSystemEntries(directory.Path));
    }
}
