using DataResilience.Engine.Operations;
using DataResilience.Engine.Repository;

namespace DataResilience.Engine.Administration;

/// <summary>Tries out the object store with probes, and looks at identity, keyring, slots and catalog.</summary>
internal sealed class TestBackupRepositoryOperation(EngineServices services, RepositoryOpener opener)
    : ReadingOperation<TestBackupRepositoryRequest, IReadOnlyList<RepositoryCheck>>
{
    protected override string SubjectOf(TestBackupRepositoryRequest request) => request.Repository?.Location ?? "";

    protected override async Task<IReadOnlyList<RepositoryCheck>> RunAsync(
        TestBackupRepositoryRequest request, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        CatalogView view = await opener.OpenCatalogAsync(request, reporter, cancellationToken);
        IReadOnlyList<RepositoryCheck> store = await new StoreProbe(view.Repository.Store, services).RunAsync(cancellationToken);
        return [IdentityCheck(view), .. KeyChecks(view), CatalogCheck(view), .. store];
    }

    private static RepositoryCheck IdentityCheck(CatalogView view) => new()
    {
        Repository = view.Repository.Location,
        Name = "Identity",
        Status = CheckStatus.Passed,
        Detail = view.Repository.Fingerprint,
    };

    private static IEnumerable<RepositoryCheck> KeyChecks(CatalogView view)
    {
        int admins = view.Repository.Keyring.Slots.Count(slot => slot.Roles.HasFlag(RepositoryRole.Admin));
        yield return new RepositoryCheck
        {
            Repository = view.Repository.Location,
            Name = "Keys",
            Status = admins > 1 ? CheckStatus.Passed : CheckStatus.Warning,
            Detail = $"{Counted.Of(view.Repository.Keyring.Slots.Count, "key")}, {admins} of them with the role Admin; keyring {view.Repository.Keyring.Number}",
            RecommendedAction = admins > 1 ? "" : "Add a second key with all roles and keep it apart: whoever loses the only one loses every backup.",
        };
        IReadOnlyList<IntegrityProblem> problems = view.Repository.Problems;
        yield return new RepositoryCheck
        {
            Repository = view.Repository.Location,
            Name = "KeyObjects",
            Status = problems.Count == 0 ? CheckStatus.Passed : CheckStatus.Warning,
            Detail = problems.Count == 0 ? "every copy is whole" : string.Join("; ", problems),
            RecommendedAction = problems.Count == 0 ? "" : "The other copy serves. Find out what damaged this one; Test-BackupIntegrity reads everything else.",
        };
    }

    private static RepositoryCheck CatalogCheck(CatalogView view)
    {
        IntegrityProblem[] problems =
        [
            .. view.Catalog.Problems,
            .. view.Catalog.Backups.SelectMany(entry => entry.Problems),
            .. view.Catalog.Damaged.SelectMany(backup => backup.Problems),
        ];
        return new RepositoryCheck
        {
            Repository = view.Repository.Location,
            Name = "Catalog",
            Status = problems.Length == 0 ? CheckStatus.Passed : problems.All(problem => problem.Recoverable) ? CheckStatus.Warning : CheckStatus.Failed,
            Detail = problems.Length == 0 ? Counted.Of(view.Catalog.Backups.Count, "backup") : string.Join("; ", problems.Take(10)),
            RecommendedAction = problems.Length == 0 ? "" : "Run Test-BackupIntegrity to learn which backups and tables it costs.",
        };
    }
}
