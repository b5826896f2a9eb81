using System.Security;
using DataResilience.Engine.Operations;

namespace DataResilience.Integration.Tests.BadInput;

/// <summary>A repository with one backup of one database, ready for something to be wrong with it.</summary>
internal sealed class BadInputScene : IDisposable
{
    internal Workspace Workspace { get; } = new();

    internal Backup Backup { get; private set; } = null!;

    internal RepositoryReference Repository => Workspace.Repository;

    internal static async Task<BadInputScene> OpenAsync()
    {
        var scene = new BadInputScene();
        scene.Workspace.Execute("source.db", "CREATE TABLE t(x)", "INSERT INTO t VALUES(1)", "CREATE TABLE u(x)");
        scene.Workspace.Execute("other.db", "CREATE TABLE o(x)");
        scene.Workspace.Execute("target.db", "CREATE TABLE kept(x)", "INSERT INTO kept VALUES(42)");
        await scene.Workspace.NewRepositoryAsync();
        scene.Backup = await scene.Workspace.BackupAsync("source.db");
        return scene;
    }

    internal Task BackUpAsync(Func<BackupDatabaseRequest, BackupDatabaseRequest>? change = null, IOperations? operations = null) =>
        RunAsync(
            (change ?? Same)(new BackupDatabaseRequest { Repository = Repository, Source = Workspace.Sqlite("source.db"), LockTimeout = TimeSpan.Zero }),
            operations);

    internal Task RestoreAsync(Func<RestoreDatabaseRequest, RestoreDatabaseRequest>? change = null, IOperations? operations = null) =>
        RunAsync(
            (change ?? Same)(new RestoreDatabaseRequest
            {
                Repository = Repository,
                Backup = new BackupReference(Backup.BackupId),
                Target = Workspace.Sqlite("copy.db"),
                LockTimeout = TimeSpan.Zero,
            }),
            operations);

    /// <summary>A reference to a place that carries no opened key.</summary>
    internal RepositoryReference Closed(string name = "repository") => new(Workspace.PathOf(name));

    internal Task<TResult> RunAsync<TResult>(IOperationRequest<TResult> request, IOperations? operations = null) =>
        (operations ?? Workspace.Operations).RunAsync(request, Workspace.Reporter, TestContext.Current.CancellationToken);

    internal IOperations With(Func<EngineServices, EngineServices> services) => Workspace.OperationsWith(services);

    /// <summary>Everything but what the client remembers.</summary>
    internal IReadOnlyList<string> Look(IEnumerable<string> without) =>
        FileTree.Read(Workspace.PathOf(""), ["state/", .. without.Select(prefix => $"repository/{prefix}")]);

    internal static SecureString Passphrase(string text)
    {
        var passphrase = new SecureString();
        foreach (char letter in text)
        {
            passphrase.AppendChar(letter);
        }

        return passphrase;
    }

    public void Dispose() => Workspace.Dispose();

    private static T Same<T>(T request) => request;
}
