using DataResilience.Engine.Administration;
using DataResilience.Engine.Index;
using DataResilience.Engine.Packs;
using DataResilience.Engine.Repository;
using DataResilience.Engine.Sealing;
using DataResilience.Providers;

namespace DataResilience.Engine.Verification;

/// <summary>
/// Looks at every object that belongs to no single backup: indexes and locks, and whatever the format does not know. Keys,
/// manifests, tombstones and verification records were read, each copy of them, when the repository was opened.
/// </summary>
internal sealed class RepositorySweep(OpenedRepository repository, BackupCatalog catalog)
{
    private static readonly string[] ReadWhenOpened =
        ["repository.json", "keyring/", "keys/", "backups/", "deletions/", "verifications/", "copies/keyring/", "copies/keys/", "copies/backups/"];

    private readonly List<IntegrityProblem> problems = [];
    private readonly List<ObjectId> packs = [];
    private readonly Dictionary<string, ObjectId> lockHolders = new(StringComparer.Ordinal);

    internal IReadOnlyList<IntegrityProblem> Problems => problems;

    /// <summary>Every pack that is there.</summary>
    internal IReadOnlyList<ObjectId> Packs => packs;

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (ObjectDescription found in repository.Store.ListAsync("", cancellationToken))
        {
            string folder = found.Name[..(found.Name.IndexOf('/', StringComparison.Ordinal) + 1)];
            switch (folder)
            {
                case PackListing.Folder when TryParse(found.Name, PackReference.NameOf, out ObjectId pack):
                    packs.Add(pack);
                    break;
                case IndexFile.Folder when TryParse(found.Name, IndexFile.NameOf, out ObjectId index):
                    await CheckIndexAsync(index, found, cancellationToken);
                    break;
                case ObjectNames.Locks:
                    await CheckLockAsync(found.Name, cancellationToken);
                    break;
                case StoreProbe.Folder:
                    break;
                default:
                    RequireKnown(found.Name);
                    break;
            }
        }

        foreach (string backupId in catalog.Tombstones.Keys)
        {
            await CheckDeletedAsync(backupId, cancellationToken);
        }
    }

    private static bool TryParse(string name, Func<ObjectId, string> nameOf, out ObjectId id) =>
        ObjectId.TryParse(name.AsSpan(name.LastIndexOf('/') + 1), out id) && nameOf(id) == name;

    private async Task CheckIndexAsync(ObjectId id, ObjectDescription found, CancellationToken cancellationToken)
    {
        try
        {
            await IndexFile.CheckAsync(repository.Store, repository.Keys, id, found.Size, cancellationToken);
        }
        catch (DataResilienceException failure) when (ObjectFault.TryFind(failure, out ObjectFault? fault))
        {
            problems.Add(FaultProblem.Of(fault));
        }
        catch (DataResilienceException failure) when (failure.Kind == ErrorKind.Unsupported)
        {
            problems.Add(Problem(found.Name, ProblemKind.Corrupt, failure.Message));
        }
    }

    private async Task CheckLockAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            byte[]? bytes = await repository.Store.ReadWholeAsync(name, cancellationToken);
            if (bytes is not null)
            {
                // That of a slot that was removed since is no damage: it only holds nobody back any more.
                CheckHolder(name, RecordReading.OpenEvenIfRevoked(name, bytes, repository.Keys, ObjectKind.Lock).Signer);
            }
        }
        catch (DataResilienceException damage) when (damage.Kind is ErrorKind.Damaged or ErrorKind.Unsupported)
        {
            problems.Add(Problem(name, ProblemKind.Corrupt, damage.Message));
        }
    }

    /// <summary>What is left of a deleted backup's manifest: nothing needs it, and a sweep may have taken it.</summary>
    private async Task CheckDeletedAsync(string backupId, CancellationToken cancellationToken)
    {
        TwinObject<SignedManifest> manifest = await ManifestFile.ReadAsync(repository, backupId, cancellationToken);
        problems.AddRange(manifest.Problems
            .Where(problem => problem.Kind != ProblemKind.Missing)
            .Select(problem => problem with { Recoverable = true }));
    }

    /// <summary>The store lists a lock before its renewals and its end.</summary>
    private void CheckHolder(string name, ObjectId signer)
    {
        string lockName = ObjectNames.LockOf(name);
        if (name == lockName)
        {
            lockHolders.Add(name, signer);
        }
        else if (lockHolders.TryGetValue(lockName, out ObjectId holder) && holder != signer)
        {
            problems.Add(Problem(name, ProblemKind.Mismatch, $"slot {signer} signed it, the lock is that of slot {holder}; it does not count"));
        }
    }

    private void RequireKnown(string name)
    {
        if (!ReadWhenOpened.Any(known => name.StartsWith(known, StringComparison.Ordinal)))
        {
            problems.Add(Problem(name, ProblemKind.Unexpected, "the format knows no object of this name"));
        }
    }

    private static IntegrityProblem Problem(string name, ProblemKind kind, string actual) =>
        new() { Object = name, Kind = kind, Actual = actual, Recoverable = true };
}
