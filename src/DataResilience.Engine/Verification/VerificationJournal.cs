using System.Text.Json;
using DataResilience.Engine.Operations;
using DataResilience.Engine.Packs;
using DataResilience.Engine.Repository;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Verification;

/// <summary>Keeps what a verification found in the repository, so that lists can show it and other Writers may rely on it.</summary>
internal sealed class VerificationJournal(EngineServices services, OpenedRepository repository, IOperationReporter reporter)
{
    internal async Task AddAsync(
        CatalogEntry entry, Manifest manifest, BackupIntegrity result, PackFindings packs, CancellationToken cancellationToken)
    {
        DateTimeOffset now = services.Time.GetUtcNow();
        var record = new VerificationRecord
        {
            BackupId = entry.BackupId,
            Manifest = entry.Sha256,
            Level = result.Level,
            IsValid = result.IsValid == true,
            ContentOpened = result.ContentOpened,
            Problems = result.ProblemCount,
            Time = now,
            Packs = [.. OpenedWhole(manifest, packs).Select(VerifiedPack.Of)],
        };
        string name = ObjectNames.Verification(entry.BackupId, now, services.Random);
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(record, RepositoryJson.Default.VerificationRecord);
        try
        {
            byte[] bytes = new RecordSealer(services.Random).Seal(ObjectKind.Verification, name, json, repository.Keys, RecordSigner.Slot);
            await repository.Store.CreateOrMatchAsync(name, bytes, cancellationToken);
        }
        catch (DataResilienceException failure) when (failure.Kind is ErrorKind.Denied or ErrorKind.Exhausted)
        {
            // Whoever may only read can verify all the same; nobody else will see it.
            reporter.Warning($"The result of verifying {entry.BackupId} was not kept: {failure.Message}");
        }
    }

    private static IEnumerable<PackReference> OpenedWhole(Manifest manifest, PackFindings packs)
    {
        foreach (string pack in manifest.Packs)
        {
            if (ObjectId.TryParse(pack, out ObjectId id) && packs.OpenedWhole.TryGetValue(id, out PackReference? whole))
            {
                yield return whole;
            }
        }
    }
}
