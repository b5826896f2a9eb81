using System.Security;
using DataResilience.Testing;
using DataResilience.Testing.FileLayers;

namespace DataResilience.Integration.Tests.Format;

/// <summary>The repository in tests/golden/format-1, and how it was made. Tests work on a copy: a verification writes a record.</summary>
internal sealed class GoldenRepository : IDisposable
{
    private readonly TemporaryDirectory copy = new();

    internal GoldenRepository() => CopyTree(Path.Combine(Folder, "repository"), Repository);

    internal static string Folder { get; } = Path.Combine(RepositoryLayout.Root, "tests", "golden", "format-1");

    internal static string WriterKey => Path.Combine(Folder, "writer.key");

    internal static string ReaderKey => Path.Combine(Folder, "reader.key");

    /// <summary>The database as it was when the backup was taken that is left.</summary>
    internal static string Dump => Path.Combine(Folder, "database.sql");

    internal string Repository => Path.Combine(copy.Path, "repository");

    internal static SecureString Passphrase()
    {
        var passphrase = new SecureString();
        foreach (char letter in "golden-passphrase-1")
        {
            passphrase.AppendChar(letter);
        }

        return passphrase;
    }

    /// <summary>Makes repository, keys and dump in a new folder.</summary>
    internal static async Task MakeAsync(string folder)
    {
        using var workspace = new Workspace();
        Directory.CreateDirectory(folder);
        string database = workspace.PathOf("golden.db");
        SqliteDump.Execute(database, GoldenDatabase.First);
        var place = new RepositoryReference(Path.Combine(folder, "repository"));
        await workspace.RunAsync(new NewBackupRepositoryRequest { Repository = place, Passphrase = Passphrase() });
        await AddAsync(workspace, place, "writer", RepositoryRole.Writer, Path.Combine(folder, "writer.key"));
        await AddAsync(workspace, place, "reader", RepositoryRole.Reader, Path.Combine(folder, "reader.key"));
        Backup first = await BackUpAsync(workspace, place, folder);
        SqliteDump.Execute(database, GoldenDatabase.Second);
        Backup second = await BackUpAsync(workspace, place, folder);
        await workspace.RunAsync(new RemoveDatabaseBackupRequest
        {
            Repository = place,
            Passphrase = Passphrase(),
            Backup = new BackupReference(first.BackupId),
            Reason = "golden",
        });
        await workspace.RunAsync(new TestBackupIntegrityRequest
        {
            Repository = place,
            KeyFile = Path.Combine(folder, "reader.key"),
            Backup = new BackupReference(second.BackupId),
        });
        await File.WriteAllTextAsync(Path.Combine(folder, "database.sql"), SqliteDump.Of(database), TestContext.Current.CancellationToken);
    }

    public void Dispose() => copy.Dispose();

    private static Task<BackupRepositoryKey> AddAsync(Workspace workspace, RepositoryReference place, string name, RepositoryRole role, string keyFile) =>
        workspace.RunAsync(new AddBackupRepositoryKeyRequest { Repository = place, Passphrase = Passphrase(), Name = name, Role = role, NewKeyFile = keyFile });

    private static Task<Backup> BackUpAsync(Workspace workspace, RepositoryReference place, string folder) => workspace.RunAsync(new BackupDatabaseRequest
    {
        Repository = place,
        KeyFile = Path.Combine(folder, "writer.key"),
        Source = workspace.Sqlite("golden.db"),
        Reason = "golden",
        Tag = ["golden"],
    });

    private static void CopyTree(string from, string to)
    {
        foreach (string path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }
    }
}
