using DataResilience.Providers;

namespace DataResilience.Engine.Keys;

/// <summary>
/// Follows the chain of keyrings from the first one to the newest. One damaged or missing copy is served by the other. What no admin
/// key of the chain signed is a stranger's and ignored, if it is whole; what is damaged, and a keyring that was ours and is lost, is
/// refused rather than passed over, because passing over it would bring back the slots it removed.
/// </summary>
/// <param name="store">Where they are.</param>
/// <param name="findings">What is wrong with copies is added here.</param>
internal sealed class KeyringReader(IObjectStore store, List<CopyFinding> findings)
{
    /// <param name="repositoryFileSha256">SHA-256 of the repository.json that is there; decides between two first keyrings.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The newest keyring; null if there is none at all.</returns>
    /// <exception cref="DataResilienceException"><c>ObjectDamaged</c>, <c>RepositoryUnsupported</c>.</exception>
    internal async Task<Keyring?> ReadAsync(string? repositoryFileSha256, CancellationToken cancellationToken)
    {
        SortedSet<uint> numbers = await ListAsync(cancellationToken);
        if (numbers.Count == 0)
        {
            return null;
        }

        Keyring keyring = Start(await ReadCandidatesAsync(1, cancellationToken), repositoryFileSha256);
        while (numbers.Contains(keyring.Number + 1))
        {
            KeyringCandidate[] candidates = await ReadCandidatesAsync(keyring.Number + 1, cancellationToken);
            Keyring? next = Choose(candidates, keyring.Extend);
            if (next is null)
            {
                ReportStrangers(keyring, candidates);
                break;
            }

            keyring = next;
        }

        await RequireNoneLostAsync(keyring, numbers, cancellationToken);
        return keyring;
    }

    private async Task<SortedSet<uint>> ListAsync(CancellationToken cancellationToken)
    {
        var numbers = new SortedSet<uint>();
        foreach (string name in await KeyObjectList.ReadAsync(store, KeyObjectNames.Keyrings, cancellationToken))
        {
            if (KeyObjectNames.TryParseKeyring(KeyObjectNames.OriginalOf(name), out uint number))
            {
                numbers.Add(number);
            }
            else
            {
                findings.Add(new CopyFinding(name, CopyFault.Foreign, "this is not the name of a keyring"));
            }
        }

        return numbers;
    }

    private async Task<KeyringCandidate[]> ReadCandidatesAsync(uint number, CancellationToken cancellationToken)
    {
        string name = KeyObjectNames.Keyring(number);
        StoredCopy[] copies = await StoredCopy.ReadBothAsync(store, name, KeyringFile.MaxBytes, cancellationToken);
        return [.. copies.Select(copy => KeyringCandidate.Of(name, copy))];
    }

    private Keyring Start(KeyringCandidate[] candidates, string? repositoryFileSha256)
    {
        // Anybody can make a first keyring; whose it is, the fingerprint says. Of two, the one that goes with repository.json counts.
        KeyringCandidate[] ordered = [.. candidates.OrderBy(candidate => candidate.File?.Payload.RepositoryFile == repositoryFileSha256 ? 0 : 1)];
        if (Choose(ordered, Keyring.Start) is { } first)
        {
            return first;
        }

        RequireSupported(candidates);
        string reason = string.Join("; ", candidates.Select(candidate =>
            $"{candidate.Copy.Place}: {candidate.Copy.Fault?.Detail ?? candidate.Fault?.Message ?? "its signature is wrong"}"));
        throw Errors.ObjectDamaged.Create(KeyObjectNames.Keyring(1), $"neither copy is whole ({reason})");
    }

    /// <summary>Takes the first copy that is believed and reports what is wrong with the other one.</summary>
    private Keyring? Choose(KeyringCandidate[] candidates, Func<KeyringFile, Keyring?> believe)
    {
        DataResilienceException? refusal = null;
        foreach (KeyringCandidate candidate in candidates.Where(candidate => candidate.File is not null))
        {
            try
            {
                if (believe(candidate.File!) is { } keyring)
                {
                    findings.AddRange(candidates.Select(other => other.FindingBeside(candidate.File!)).OfType<CopyFinding>());
                    return keyring;
                }
            }
            catch (DataResilienceException exception)
            {
                refusal = exception;
            }
        }

        return refusal is null ? null : throw refusal;
    }

    /// <summary>A whole keyring of somebody else is a finding. What is not whole may have been ours, and ends here.</summary>
    private void ReportStrangers(Keyring keyring, KeyringCandidate[] candidates)
    {
        RequireSupported(candidates);
        if (candidates.FirstOrDefault(candidate => candidate.IsThere && !candidate.IsWhole) is { } damaged)
        {
            throw Errors.ObjectDamaged.Create(
                damaged.Copy.Place,
                $"keyring {keyring.Number} is the newest that is whole, and what this one changed is not known; bring it back from a mirror, or delete it if you know that nobody wrote it");
        }

        findings.AddRange(candidates.Where(candidate => candidate.IsThere).Select(Foreign));
    }

    private async Task RequireNoneLostAsync(Keyring keyring, SortedSet<uint> numbers, CancellationToken cancellationToken)
    {
        foreach (uint number in numbers.Where(number => number > keyring.Number + 1))
        {
            KeyringCandidate[] candidates = await ReadCandidatesAsync(number, cancellationToken);
            if (candidates.Any(candidate => candidate.File is not null && keyring.IsOfThisChain(candidate.File)))
            {
                throw Errors.ObjectDamaged.Create(
                    KeyObjectNames.Keyring(keyring.Number + 1), $"both copies of it are lost, and {KeyObjectNames.Keyring(number)} follows it");
            }

            ReportStrangers(keyring, candidates);
        }
    }

    private static CopyFinding Foreign(KeyringCandidate candidate) =>
        new(candidate.Copy.Place, CopyFault.Foreign, "no admin key of this repository signed it");

    private void RequireSupported(KeyringCandidate[] candidates)
    {
        if (candidates.FirstOrDefault(candidate => candidate.IsUnsupported) is { } unsupported)
        {
            throw Errors.RepositoryUnsupported.CreateFrom(unsupported.Fault, store.Location, unsupported.Fault!.Message);
        }
    }
}
