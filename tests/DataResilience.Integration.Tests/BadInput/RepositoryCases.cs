using DataResilience.Engine.ObjectStores;
using DataResilience.Engine.Sealing;
using DataResilience.Testing.FileLayers;

namespace DataResilience.Integration.Tests.BadInput;

/// <summary>What can be wrong with a repository, its place or its key.</summary>
internal static class RepositoryCases
{
    private const string Passphrase = "correct horse battery staple";

    internal static IReadOnlyDictionary<string, BadInputCase> All { get; } = new Dictionary<string, BadInputCase>(StringComparer.Ordinal)
    {
        ["no repository was given"] = new(
            Errors.RepositoryRequired, "repository", scene => scene.BackUpAsync(request => request with { Repository = null })),
        ["the repository's place is not there"] = new(
            Errors.RepositoryNotFound, "nowhere", scene => scene.BackUpAsync(request => request with { Repository = scene.Closed("nowhere"), KeyFile = scene.Workspace.KeyFile })),
        ["the repository's place is a directory of other things"] = new(
            Errors.RepositoryNotFound, "photos", scene => scene.BackUpAsync(request => request with { Repository = scene.Closed("photos"), KeyFile = scene.Workspace.KeyFile }))
        {
            Arrange = scene => WriteAsync(scene, "photos/a.jpg"),
        },
        ["the repository's place is a file"] = new(
            Errors.StoreUnreachable, "source.db", scene => scene.BackUpAsync(request => request with { Repository = scene.Closed("source.db"), KeyFile = scene.Workspace.KeyFile })),
        ["a new repository where a file is"] = new(
            Errors.StoreUnreachable, "source.db", scene => NewAsync(scene, "source.db")),
        ["a new repository where one is"] = new(
            Errors.RepositoryExists, "repository", scene => NewAsync(scene, "repository")),
        ["a new repository among other things"] = new(
            Errors.RepositoryLocationNotEmpty, "photos", scene => NewAsync(scene, "photos"))
        {
            Arrange = scene => WriteAsync(scene, "photos/a.jpg"),
        },
        ["a new repository with a short passphrase"] = new(
            Errors.PassphraseTooShort, "owner", scene => scene.RunAsync(new NewBackupRepositoryRequest { Repository = scene.Closed("new"), Passphrase = BadInputScene.Passphrase("short") })),
        ["a repository of a newer format"] = new(
            Errors.RepositoryUnsupported, "repository", scene => OpenAgainAsync(scene))
        {
            Arrange = MakeNewerFormatAsync,
        },
        ["a keyring of a newer version"] = new(
            Errors.RepositoryUnsupported, "keyring/", scene => OpenAgainAsync(scene))
        {
            Arrange = scene => SetVersionAsync(scene, "keyring", 2),
        },
        ["a manifest of a newer version"] = new(
            Errors.ObjectUnsupported, "backups/", scene => scene.RestoreAsync())
        {
            Arrange = scene => SetVersionAsync(scene, "backups", 2),
        },
        ["no key"] = new(
            Errors.KeyRequired, "repository", scene => scene.BackUpAsync(request => request with { Repository = scene.Closed() })),
        ["the key file of another repository"] = new(
            Errors.KeyRejected, "repository", scene => scene.BackUpAsync(request => request with { Repository = scene.Closed(), KeyFile = scene.Workspace.PathOf("other.key") }))
        {
            Arrange = scene => scene.RunAsync(new NewBackupRepositoryRequest { Repository = scene.Closed("second"), KeyFile = scene.Workspace.PathOf("other.key") }),
        },
        ["a key file that is none"] = new(
            Errors.KeyFileInvalid, "source.db", scene => scene.BackUpAsync(request => request with { Repository = scene.Closed(), KeyFile = scene.Workspace.PathOf("source.db") })),
        ["a key file that is not there"] = new(
            Errors.KeyFileInvalid, "nowhere.key", scene => scene.BackUpAsync(request => request with { Repository = scene.Closed(), KeyFile = scene.Workspace.PathOf("nowhere.key") })),
        ["a wrong passphrase, which costs one derivation"] = new(
            Errors.KeyRejected, "repository", scene => TryWrongPassphraseAsync(scene))
        {
            Arrange = scene => AddPassphrasesAsync(scene),
        },
        ["a backup with a key that may only read"] = new(
            Errors.RoleRequired, "Writer", scene => scene.BackUpAsync(request => request with { Repository = scene.Closed(), KeyFile = scene.Workspace.PathOf("limited.key") }))
        {
            Arrange = scene => AddKeyAsync(scene, RepositoryRole.Reader),
        },
        ["a restore with a key that may only write"] = new(
            Errors.RoleRequired, "Reader", scene => scene.RestoreAsync(request => request with { Repository = scene.Closed(), KeyFile = scene.Workspace.PathOf("limited.key") }))
        {
            Arrange = scene => AddKeyAsync(scene, RepositoryRole.Writer),
        },
        ["a deletion with a key that is no Admin's"] = new(
            Errors.RoleRequired, "Admin", scene => scene.RunAsync(new RemoveDatabaseBackupRequest
            {
                Repository = scene.Closed(),
                KeyFile = scene.Workspace.PathOf("limited.key"),
                Backup = new BackupReference(scene.Backup.BackupId),
                AllowLastBackup = true,
            }))
        {
            Arrange = scene => AddKeyAsync(scene, RepositoryRole.Reader | RepositoryRole.Writer),
        },
        ["a directory that may not be written"] = new(
            Errors.StoreUnwritable, "repository", scene => scene.BackUpAsync(operations: Refusing(scene, new UnauthorizedAccessException("Permission denied")))),
        ["a file system that is read only"] = new(
            Errors.StoreUnwritable, "repository", scene => scene.BackUpAsync(operations: Refusing(scene, SystemError.Create(SystemError.ReadOnly, "x")))),
        ["a full disk"] = new(
            Errors.StoreFull, "repository", scene => scene.BackUpAsync(operations: Refusing(scene, SystemError.Create(SystemError.NoSpace, "x")))),
    };

    private static Task<BackupRepository> NewAsync(BadInputScene scene, string place) =>
        scene.RunAsync(new NewBackupRepositoryRequest { Repository = scene.Closed(place), KeyFile = scene.Workspace.KeyFile });

    private static Task OpenAgainAsync(BadInputScene scene) =>
        scene.BackUpAsync(request => request with { Repository = scene.Closed(), KeyFile = scene.Workspace.KeyFile });

    private static IOperations Refusing(BadInputScene scene, Exception failure) => scene.With(services => services with
    {
        StoreProviders = [new InterceptedStoreProvider((operation, _) =>
        {
            if (operation is FileOperation.Create or FileOperation.MakeDirectory)
            {
                throw failure;
            }
        })],
    });

    private static Task WriteAsync(BadInputScene scene, string name)
    {
        string path = scene.Workspace.PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return File.WriteAllTextAsync(path, "x", TestContext.Current.CancellationToken);
    }

    private static Task<BackupRepositoryKey> AddKeyAsync(BadInputScene scene, RepositoryRole role) => scene.RunAsync(new AddBackupRepositoryKeyRequest
    {
        Repository = scene.Repository,
        Name = "limited",
        Role = role,
        NewKeyFile = scene.Workspace.PathOf("limited.key"),
    });

    private static async Task AddPassphrasesAsync(BadInputScene scene)
    {
        foreach (string name in new[] { "first", "second" })
        {
            await scene.RunAsync(new AddBackupRepositoryKeyRequest
            {
                Repository = scene.Repository,
                Name = name,
                Role = RepositoryRole.Writer,
                NewPassphrase = BadInputScene.Passphrase($"{Passphrase} {name}"),
            });
        }
    }

    private static async Task TryWrongPassphraseAsync(BadInputScene scene)
    {
        var derivation = new CountingDerivation();
        IOperations operations = scene.With(services => services with { PassphraseDerivation = derivation });
        try
        {
            await scene.BackUpAsync(request => request with { Repository = scene.Closed(), Passphrase = BadInputScene.Passphrase(Passphrase) }, operations);
        }
        finally
        {
            Assert.Equal(1, derivation.Count);
        }
    }

    private static async Task MakeNewerFormatAsync(BadInputScene scene)
    {
        string root = scene.Workspace.RepositoryPath;
        Directory.Delete(Path.Combine(root, "keyring"), recursive: true);
        Directory.Delete(Path.Combine(root, "copies", "keyring"), recursive: true);
        await File.WriteAllTextAsync(
            Path.Combine(root, "repository.json"), """{"kind":"DataResilience repository","format":2}""", TestContext.Current.CancellationToken);
    }

    /// <summary>Writes a version into the header of every object in a folder, both copies of it.</summary>
    private static async Task SetVersionAsync(BadInputScene scene, string folder, byte version)
    {
        const int VersionOffset = 5;
        string root = scene.Workspace.RepositoryPath;
        IEnumerable<string> places = [Path.Combine(root, folder), Path.Combine(root, "copies", folder)];
        foreach (string path in places.SelectMany(place => Directory.EnumerateFiles(place, "*", SearchOption.AllDirectories)))
        {
            byte[] bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
            Assert.True(bytes.Length > CommonHeader.Size);
            bytes[VersionOffset] = version;
            await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        }
    }
}
