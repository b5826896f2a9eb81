using System.Security.Cryptography;
using System.Text;
using DataResilience.Engine.Sealing;

namespace DataResilience.Engine.Keys.Memory;

/// <summary>
/// What a client remembers of the repositories it uses, so that an exchanged or an older one is noticed (docs/repository-format.md, 9).
/// A memory that cannot be read or written is a warning and stops nothing.
/// </summary>
/// <param name="folder">Where it is kept; null if the environment has no place for it.</param>
internal sealed class ClientMemory(MemoryFolder? folder)
{
    private const int NameHashBytes = 16;

    private readonly Lock gate = new();
    private readonly List<string> warnings = [];

    /// <summary>The memory of this client.</summary>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="time">Waits for other processes.</param>
    /// <param name="random">Names temporary files.</param>
    internal static ClientMemory OfEnvironment(Func<string, string?> environment, TimeProvider time, IRandomSource random) =>
        new(MemoryFolder.DefaultDirectory(environment) is { } directory ? new MemoryFolder(directory, time, random) : null);

    /// <summary>What could not be read or remembered, each once.</summary>
    internal IReadOnlyList<string> Warnings
    {
        get
        {
            lock (gate)
            {
                return [.. warnings];
            }
        }
    }

    /// <summary>Compares a repository with what was seen before.</summary>
    /// <exception cref="DataResilienceException"><c>RepositoryIdentityChanged</c>, <c>RepositoryRolledBack</c>.</exception>
    internal void Check(string location, Keyring keyring, Acceptance acceptance)
    {
        string? expected = acceptance.Fingerprint ?? Recall(at => at.Read(LocationFile(location), MemoryJson.Default.LocationMemory))?.Fingerprint;
        if (expected is not null && !Fingerprint.Matches(keyring.Fingerprint, expected))
        {
            throw Errors.RepositoryIdentityChanged.Create(location, keyring.Fingerprint, expected);
        }

        if (!acceptance.Rollback && RecallRepository(keyring) is { } seen && FindStepBack(keyring, seen) is { } stepBack)
        {
            throw Errors.RepositoryRolledBack.Create(location, stepBack);
        }
    }

    /// <summary>Remembers a repository that was checked. The highest keyring stays, unless a step back was accepted.</summary>
    internal async Task RememberAsync(string location, Keyring keyring, Acceptance acceptance, CancellationToken cancellationToken)
    {
        var place = new LocationMemory { Location = location, Fingerprint = keyring.Fingerprint };
        await KeepAsync(at => at.ChangeAsync(LocationFile(location), MemoryJson.Default.LocationMemory, _ => place, cancellationToken));
        await ChangeAsync(
            keyring,
            before => acceptance.Rollback || keyring.Number >= before.KeyringNumber
                ? before with { KeyringNumber = keyring.Number, KeyringSha256 = keyring.Sha256 }
                : before,
            cancellationToken);
    }

    /// <summary>The newest manifests seen of every slot, by the slot's id.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<RememberedManifest>> NewestManifests(Keyring keyring) =>
        RecallRepository(keyring)?.Manifests ?? [];

    /// <summary>Replaces, for one slot, the newest manifests seen.</summary>
    internal Task RememberManifestsAsync(
        Keyring keyring, ObjectId slotId, IReadOnlyList<RememberedManifest> newest, CancellationToken cancellationToken) =>
        ChangeAsync(
            keyring,
            before => before.Manifests.GetValueOrDefault(slotId.ToString())?.SequenceEqual(newest) == true
                ? before
                : before with
                {
                    Manifests = new Dictionary<string, IReadOnlyList<RememberedManifest>>(before.Manifests) { [slotId.ToString()] = newest },
                },
            cancellationToken);

    private static string? FindStepBack(Keyring keyring, RepositoryMemory seen)
    {
        if (keyring.Number < seen.KeyringNumber)
        {
            return $"its newest keyring is {keyring.Number}, and keyring {seen.KeyringNumber} was seen before";
        }

        return keyring.Sha256Of(seen.KeyringNumber) == seen.KeyringSha256
            ? null
            : $"its keyring {seen.KeyringNumber} is not the one that was seen before";
    }

    private Task ChangeAsync(Keyring keyring, Func<RepositoryMemory, RepositoryMemory> change, CancellationToken cancellationToken)
    {
        var first = new RepositoryMemory
        {
            Fingerprint = keyring.Fingerprint,
            KeyringNumber = keyring.Number,
            KeyringSha256 = keyring.Sha256,
            Manifests = [],
        };
        return KeepAsync(at => at.ChangeAsync(
            RepositoryFileOf(keyring), MemoryJson.Default.RepositoryMemory, before => change(before ?? first), cancellationToken));
    }

    private RepositoryMemory? RecallRepository(Keyring keyring) =>
        Recall(at => at.Read(RepositoryFileOf(keyring), MemoryJson.Default.RepositoryMemory));

    private T? Recall<T>(Func<MemoryFolder, T?> read)
        where T : class
    {
        try
        {
            return folder is null ? null : read(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Warn($"What was seen of this repository before cannot be read, so a change would go unnoticed: {exception.Message}");
            return null;
        }
    }

    private async Task KeepAsync(Func<MemoryFolder, Task> keep)
    {
        if (folder is null)
        {
            Warn("There is no place to remember this repository: set DATARESILIENCE_STATE to a full path.");
            return;
        }

        try
        {
            await keep(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Warn($"This repository cannot be remembered, so a change would go unnoticed: {exception.Message}");
        }
    }

    private void Warn(string warning)
    {
        lock (gate)
        {
            if (!warnings.Contains(warning))
            {
                warnings.Add(warning);
            }
        }
    }

    private static string LocationFile(string location) => $"location-{HashOf(location)}.json";

    /// <summary>By fingerprint too: whoever makes another repository of the same id does not touch the memory of the first.</summary>
    private static string RepositoryFileOf(Keyring keyring) => $"repository-{keyring.RepositoryId}-{HashOf(keyring.Fingerprint)}.json";

    private static string HashOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, NameHashBytes));
}
