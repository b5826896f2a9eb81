using DataResilience.Engine.Keys;
using DataResilience.Engine.Keys.Memory;
using DataResilience.Engine.Operations;
using DataResilience.Providers;

namespace DataResilience.Engine.Repository;

/// <summary>Opens the repository that a request names, with the key it gives, and makes sure that it is the one that was seen before.</summary>
internal sealed class RepositoryOpener(EngineServices services)
{
    private readonly CredentialReader credentials = new(services.Environment);

    internal Task<OpenedRepository> OpenAsync(RepositoryRequest request, IOperationReporter reporter, CancellationToken cancellationToken) =>
        OpenAsync(request, OpenStore(request.Repository), reporter, cancellationToken);

    /// <summary>Opens a repository through a store of the caller's, for example one that counts.</summary>
    internal async Task<OpenedRepository> OpenAsync(
        RepositoryRequest request, IObjectStore store, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        OpenedKeys opened = await OpenKeysAsync(request, store, reporter, cancellationToken);
        string location = store.Location;
        ClientMemory memory = await CheckMemoryAsync(location, opened.Keyring, new Acceptance(request.Fingerprint, request.AcceptRollback), reporter, cancellationToken);
        foreach (CopyFinding finding in opened.Findings)
        {
            reporter.Warning($"The object '{finding.Name}' is {finding.Kind}: {finding.Detail}. The repository opened without it.");
        }

        return new OpenedRepository
        {
            Location = location,
            Store = store,
            Keys = opened.Keys,
            Keyring = opened.Keyring,
            Fingerprint = opened.Keyring.Fingerprint,
            Problems = [.. opened.Findings.Select(finding => ProblemOf(finding, opened.Findings))],
            Findings = opened.Findings,
            Memory = memory,
        };
    }

    /// <summary>Opens a repository and reads what it holds.</summary>
    internal async Task<CatalogView> OpenCatalogAsync(RepositoryRequest request, IOperationReporter reporter, CancellationToken cancellationToken) =>
        await ReadCatalogAsync(await OpenAsync(request, reporter, cancellationToken), request, reporter, cancellationToken);

    internal static async Task<CatalogView> ReadCatalogAsync(
        OpenedRepository repository, RepositoryRequest request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        BackupCatalog catalog = await new BackupCatalogReader(repository).ReadAsync(cancellationToken);
        var seen = new SeenManifests(repository);
        if (!request.AcceptRollback)
        {
            seen.Check(catalog);
        }

        await seen.RememberAsync(catalog, cancellationToken);
        foreach (IntegrityProblem problem in catalog.Problems.Concat(catalog.Backups.SelectMany(entry => entry.Problems)))
        {
            reporter.Warning($"{problem}: expected {problem.Expected}, found {problem.Actual}.");
        }

        return new CatalogView(repository, catalog, RepositorySummary.Of(repository, catalog));
    }

    internal IObjectStore OpenStore(RepositoryReference? reference)
    {
        string location = reference?.Location
            ?? services.Environment("DATARESILIENCE_REPOSITORY")
            ?? throw Errors.RepositoryRequired.Create();
        IObjectStoreProvider provider = services.StoreProviders.FirstOrDefault(candidate => candidate.CanOpen(location))
            ?? throw Errors.ArgumentInvalid.Create("Repository", $"'{location}' is not an absolute path, and no other kind of object store is known");
        return provider.Open(location);
    }

    /// <summary>Makes sure that the repository is the one that was seen at its location before, and remembers it.</summary>
    internal async Task<ClientMemory> CheckMemoryAsync(
        string location, Keyring keyring, Acceptance acceptance, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        ClientMemory memory = ClientMemory.OfEnvironment(services.Environment, services.Time, services.Random);
        memory.Check(location, keyring, acceptance);
        await memory.RememberAsync(location, keyring, acceptance, cancellationToken);
        foreach (string warning in memory.Warnings)
        {
            reporter.Warning(warning);
        }

        return memory;
    }

    /// <summary>An opened key is used again; the keyring is read anew, so that what others changed since counts.</summary>
    private async Task<OpenedKeys> OpenKeysAsync(RepositoryRequest request, IObjectStore store, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        bool givesKey = request.Passphrase is not null || request.KeyFile is not null;
        if (!givesKey && request.Repository?.OpenedKey is RepositoryKeys keys)
        {
            return await KeyOpener.ReopenAsync(store, keys, cancellationToken);
        }

        using SlotCredential? credential = credentials.Read(request.Passphrase, request.KeyFile, reporter);
        return await new KeyOpener(services.PassphraseDerivation).OpenAsync(store, credential, cancellationToken);
    }

    private static IntegrityProblem ProblemOf(CopyFinding finding, IReadOnlyList<CopyFinding> all) => new()
    {
        Object = finding.Name,
        Kind = finding.Kind switch
        {
            CopyFault.Missing => ProblemKind.Missing,
            CopyFault.Corrupt => ProblemKind.Corrupt,
            _ => ProblemKind.Unexpected,
        },
        Actual = finding.Detail,
        Recoverable = !IsLost(finding, all),
    };

    /// <summary>Whether the other copy is lost as well. repository.json has none, and is made again from the keyring.</summary>
    private static bool IsLost(CopyFinding finding, IReadOnlyList<CopyFinding> all) =>
        finding.Kind != CopyFault.Foreign && all.Any(other => other.Kind != CopyFault.Foreign && other.Name == KeyObjectNames.OtherPlaceOf(finding.Name));
}
