namespace DataResilience.Integration.Tests.Format;

/// <summary>A repository of format 1 that was made once opens for ever.</summary>
public sealed class GoldenTests
{
    /// <summary>Not a test: makes another one, for a later format. Run it with --explicit only.</summary>
    [Fact(Explicit = true)]
    public Task Make() => GoldenRepository.MakeAsync(Path.Combine(Path.GetTempPath(), "dataresilience-golden"));

    [Theory]
    [InlineData("passphrase", RepositoryRole.Owner)]
    [InlineData("writer", RepositoryRole.Writer)]
    [InlineData("reader", RepositoryRole.Reader)]
    public async Task Each_of_its_keys_opens_it_and_verifies_it_whole(string key, RepositoryRole roles)
    {
        using var golden = new GoldenRepository();
        using var workspace = new Workspace();
        RepositoryReference place = new(golden.Repository);

        IReadOnlyList<BackupIntegrity> checks = await workspace.RunAsync(new TestBackupIntegrityRequest
        {
            Repository = place,
            Passphrase = key == "passphrase" ? GoldenRepository.Passphrase() : null,
            KeyFile = key == "passphrase" ? null : KeyFileOf(key),
        });

        Assert.Equal(2, checks.Count);
        Assert.All(checks, check => Assert.True(check.IsValid, string.Join("; ", check.Problems)));
        Assert.All(checks, check => Assert.Equal(roles.HasFlag(RepositoryRole.Reader), check.ContentOpened));
        Assert.Equal(roles, checks[0].Repository.Roles);
        Assert.Equal(new DirectoryInfo(golden.Repository).EnumerateFiles("*", SearchOption.AllDirectories).Count(), Objects() + 1);
    }

    [Fact]
    public async Task Its_backup_is_restored_as_it_was()
    {
        using var golden = new GoldenRepository();
        using var workspace = new Workspace();

        RestoreResult restored = await workspace.RunAsync(new RestoreDatabaseRequest
        {
            Repository = new RepositoryReference(golden.Repository),
            KeyFile = KeyFileOf("reader"),
            Backup = new BackupReference(BackupReference.Latest),
            Target = workspace.Sqlite("restored.db"),
        });

        Assert.True(restored.IsVerified);
        Assert.Equal(await File.ReadAllTextAsync(GoldenRepository.Dump, TestContext.Current.CancellationToken), SqliteDump.Of(workspace.PathOf("restored.db")));
    }

    [Fact]
    public async Task Its_deleted_backup_stays_deleted_and_a_writer_goes_on_with_it()
    {
        using var golden = new GoldenRepository();
        using var workspace = new Workspace();
        SqliteDump.Execute(workspace.PathOf("golden.db"), GoldenDatabase.First);

        Backup next = await workspace.RunAsync(new BackupDatabaseRequest
        {
            Repository = new RepositoryReference(golden.Repository),
            KeyFile = KeyFileOf("writer"),
            Source = workspace.Sqlite("golden.db"),
        });

        Assert.True(next.NewSize < next.StoredSize, $"{next.NewSize} of {next.StoredSize} bytes were stored again");
        IReadOnlyList<Backup> backups = await workspace.RunAsync(new GetDatabaseBackupRequest { Repository = new RepositoryReference(golden.Repository), KeyFile = KeyFileOf("reader") });
        Assert.Equal(2, backups.Count);
    }

    [Theory]
    [InlineData("passphrase")]
    [InlineData("writer")]
    [InlineData("reader")]
    public async Task The_independent_reader_verifies_it(string key)
    {
        await PythonReader.RequireAsync();
        using var golden = new GoldenRepository();
        using var workspace = new Workspace();
        string passphraseFile = workspace.PathOf("passphrase");
        await File.WriteAllTextAsync(passphraseFile, "golden-passphrase-1\n", TestContext.Current.CancellationToken);

        ReaderRun run = await (key == "passphrase"
            ? PythonReader.RunAsync(golden.Repository, "--passphrase-file", passphraseFile, "verify", "--rows")
            : PythonReader.RunAsync(golden.Repository, "--key-file", KeyFileOf(key), "verify", "--rows"));

        Assert.Contains(" 0 findings", run.Expect(0).Output);
    }

    private static string KeyFileOf(string key) => key == "writer" ? GoldenRepository.WriterKey : GoldenRepository.ReaderKey;

    private static int Objects() =>
        Directory.EnumerateFiles(Path.Combine(GoldenRepository.Folder, "repository"), "*", SearchOption.AllDirectories).Count();
}
