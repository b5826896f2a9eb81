using DataResilience.Engine.Keys;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Tests.Keys;

public sealed class KeyFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("key-file-tests");

    private string FilePath => Path.Combine(folder.FullName, "backup.key");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_created_file_is_read_again_and_its_owner_alone_may_read_it()
    {
        using KeyFile created = KeyFile.Create(FilePath, KeyedRepository.Random);
        using KeyFile read = KeyFile.Read(FilePath);

        Assert.Equal(created.Secret, read.Secret);
        Assert.False(read.IsExposed);
        Assert.Matches("^DATARESILIENCE-KEY-1 [A-Za-z0-9_-]{43} [0-9a-f]{8}\n$", File.ReadAllText(FilePath));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        }
    }

    [Fact]
    public void An_existing_file_is_never_overwritten()
    {
        File.WriteAllText(FilePath, "something");

        Refusal.Of(Errors.KeyFileInvalid, () => KeyFile.Create(FilePath, KeyedRepository.Random));
        Assert.Equal("something", File.ReadAllText(FilePath));
    }

    [Fact]
    public void A_file_that_others_may_read_is_told_apart()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        KeyFile.Create(FilePath, KeyedRepository.Random).Dispose();
        File.SetUnixFileMode(FilePath, UnixFileMode.UserRead | UnixFileMode.GroupRead);

        Assert.True(KeyFile.Read(FilePath).IsExposed);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("")]
    public void The_end_of_the_line_does_not_matter(string end)
    {
        byte[] secret = new byte[KeyFile.SecretBytes];
        File.WriteAllText(FilePath, KeyFile.ToLine(secret).TrimEnd('\n') + end);

        Assert.Equal(secret, KeyFile.Read(FilePath).Secret);
    }

    [Fact]
    public void Any_changed_character_is_found()
    {
        string line = KeyFile.ToLine(Enumerable.Range(1, KeyFile.SecretBytes).Select(value => (byte)value).ToArray());
        for (int place = 0; place < line.Length - 1; place++)
        {
            char changed = line[place] == 'B' ? 'C' : 'B';
            File.WriteAllText(FilePath, string.Concat(line.AsSpan(0, place), changed.ToString(), line.AsSpan(place + 1)));

            DataResilienceException refusal = Refusal.Of(Errors.KeyFileInvalid, () => KeyFile.Read(FilePath));
            Assert.DoesNotContain(line.Split(' ')[1][..20], refusal.ToString());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("DATARESILIENCE-KEY-1")]
    [InlineData("DATARESILIENCE-KEY-2 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA 66687aad")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----")]
    public void Something_else_is_no_key_file(string text)
    {
        File.WriteAllText(FilePath, text);

        Assert.Equal(FilePath, Refusal.Of(Errors.KeyFileInvalid, () => KeyFile.Read(FilePath)).Target);
    }

    [Fact]
    public void No_file_a_folder_and_a_huge_file_are_no_key_files()
    {
        Refusal.Of(Errors.KeyFileInvalid, () => KeyFile.Read(FilePath));
        Refusal.Of(Errors.KeyFileInvalid, () => KeyFile.Read(folder.FullName));
        File.WriteAllBytes(FilePath, new byte[1 << 20]);
        Refusal.Of(Errors.KeyFileInvalid, () => KeyFile.Read(FilePath));
    }
}
